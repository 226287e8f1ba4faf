import { isList, type JsonObject } from '../../../src/json.ts'
import type { Path } from '../../config/schema.ts'
import { ownStreams, useStudio } from '../studio.ts'
import type { Typing } from './use-typing.ts'

/** What a text on one line is shown with. */
export interface TextProps {
  readonly id: string
  readonly typing: Typing
  readonly hint: string
  readonly placeholder: string
}

/** A text on one line, with a menu of what it may be: the examples of the spec, or streams where it names one. */
export function Suggesting({
  id,
  typing,
  hint,
  placeholder,
  path,
  schema,
}: TextProps & { path: Path; schema: JsonObject }) {
  const options = useOptions(path, schema)
  return (
    <>
      <input
        id={id}
        aria-describedby={hint}
        placeholder={placeholder}
        value={typing.text}
        list={options.length === 0 ? undefined : `${id}-menu`}
        spellcheck={false}
        autocomplete="off"
        onInput={event => typing.type(event.currentTarget.value)}
        onBlur={typing.commit}
      />
      {options.length > 0 && (
        <datalist id={`${id}-menu`}>
          {options.map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  )
}

function useOptions(path: Path, schema: JsonObject): readonly string[] {
  const { opening, view } = useStudio()
  if (['parent', 'stream'].includes(String(path.at(-1)))) {
    const builtIn = opening.endpoints.filter(({ disabled }) => disabled === undefined)
    return [...ownStreams(view), ...builtIn].map(({ name }) => name)
  }
  const examples = isList(schema['examples']) ? schema['examples'].map(String) : []
  return examples.length > 1 ? examples : []
}
