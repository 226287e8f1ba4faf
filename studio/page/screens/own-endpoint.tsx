import { isList, isObject, type JsonObject } from '../../../src/json.ts'
import { namesIn, schemaAt, valueAt } from '../../config/schema.ts'
import { Field } from '../form/field.tsx'
import { lookupNames, type OwnStream, useStudio } from '../studio.ts'
import { Lookups } from './lookups.tsx'

interface OwnProps {
  readonly own: OwnStream
  readonly leave: () => void
}

/** An endpoint of one's own: all of its fields, in the sections of the spec. */
export function OwnEndpoint({ own, leave }: OwnProps) {
  const { view, set } = useStudio()
  const { at, name } = own
  const schema = schemaAt(view.config, ['custom_streams', at]) ?? {}
  const problem = view.streamProblems[name] ?? view.problems[0]
  return (
    <>
      <div class="bar">
        <h1>{name}</h1>
        <button type="button" onClick={() => void set(['custom_streams', at], undefined).then(leave)}>
          Remove it
        </button>
      </div>
      <p class="steady problem" aria-live="polite">
        {problem}
      </p>
      {sectionsOf(schema).map(({ title, names }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {names.map(field => (
            <OwnField key={field} at={at} name={field} />
          ))}
        </fieldset>
      ))}
      <Lookups />
    </>
  )
}

function OwnField({ at, name }: { readonly at: number; readonly name: string }) {
  return name === 'lookups' ? <ChosenLookups at={at} /> : <Field path={['custom_streams', at, name]} />
}

/** The lookups of the config, to choose those whose columns become macros. */
function ChosenLookups({ at }: { readonly at: number }) {
  const { view, set } = useStudio()
  const path = ['custom_streams', at, 'lookups']
  const schema = schemaAt(view.config, path) ?? {}
  const value = valueAt(view.config, path)
  const chosen = isList(value) ? value.map(String) : []
  const names = [...new Set([...lookupNames(view), ...chosen])]
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? chosen.filter(one => one !== name) : [...chosen, name]
    void set(path, next.length === 0 ? undefined : next)
  }
  return (
    <fieldset class="plain" data-field={path.join('.')}>
      <legend>{String(schema['title'])}</legend>
      <p class="hint">{String(schema['description'])}</p>
      {names.length === 0 && <p class="hint">There is no lookup yet: add one below.</p>}
      {names.map(name => (
        <label key={name} class="check">
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} /> {name}
        </label>
      ))}
    </fieldset>
  )
}

interface Section {
  readonly title: string
  readonly names: readonly string[]
}

/** The fields by their `x-section`, in the order of the spec; a field without one belongs to the section before it. */
function sectionsOf(schema: JsonObject): readonly Section[] {
  const { properties } = schema
  const sections = new Map<string, string[]>()
  let current = 'Endpoint'
  for (const name of namesIn(schema)) {
    const field = isObject(properties) ? properties[name] : undefined
    const section = isObject(field) ? field['x-section'] : undefined
    if (typeof section === 'string') current = section
    sections.set(current, [...(sections.get(current) ?? []), name])
  }
  return [...sections].map(([title, names]) => ({ title, names }))
}
