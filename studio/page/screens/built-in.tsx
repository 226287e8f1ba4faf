import type { Endpoint } from '../../wire.ts'
import { Field } from '../form/field.tsx'
import { useStudio } from '../studio.ts'

/** A built-in endpoint: what it reads, and the settings that touch it. */
export function BuiltIn({ endpoint }: { readonly endpoint: Endpoint }) {
  const { name, template, description, paths, isCostly, disabled, settings } = endpoint
  return (
    <>
      <h1>{template ?? name}</h1>
      <p>{description}</p>
      <p class="hint">
        Stream <code>{name}</code>, from{' '}
        {paths.map((path, at) => (
          <span key={path}>
            {at > 0 && ' or '}
            <code>{path}</code>
          </span>
        ))}
      </p>
      {isCostly && (
        <p class="notice">This stream makes one request for each record. A test makes a few only.</p>
      )}
      {disabled !== undefined && <p class="notice">{disabled}</p>}
      {settings.length === 0 && <p class="hint">This endpoint requires no additional configuration.</p>}
      {settings.map(setting => (
        <Field key={setting} path={setting.split('.')} remark={<Shared setting={setting} name={name} />} />
      ))}
    </>
  )
}

/** Which other streams a setting touches, since there is one for all of them. */
function Shared({ setting, name }: { readonly setting: string; readonly name: string }) {
  const { opening } = useStudio()
  const others = (opening.touches[setting] ?? []).filter(one => one !== name)
  if (others.length === 0) return null
  const some = others.slice(0, 4).join(', ')
  const more = others.length > 4 ? ` and ${(others.length - 4).toLocaleString()} more` : ''
  return (
    <span class="remark" title={others.join(', ')}>
      {' '}
      Applies to all streams that have it: also to {some}
      {more}.
    </span>
  )
}
