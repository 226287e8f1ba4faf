import { isList, type Json } from '../../../src/json.ts'
import { useStudio } from '../studio.ts'
import type { InputProps } from './field.tsx'
import { MacroText } from './macro-text.tsx'
import { Suggesting } from './suggesting.tsx'
import { useTyping } from './use-typing.ts'

/** A text on one line or several; macros are completed where the field may have them. */
export function Text(props: InputProps) {
  const { set } = useStudio()
  const { id, path, schema, value } = props
  const typing = useTyping(shownAs(value), text => set(path, text === '' ? undefined : text))
  const common = { id, typing, hint: `${id}-hint`, placeholder: exampleOf(props) }
  const [part, at, name] = path
  if (part === 'custom_streams' && typeof at === 'number' && mayHoldMacros(String(name)))
    return <MacroText {...common} at={at} isLong={schema['multiline'] === true} />
  if (schema['multiline'] === true)
    return (
      <textarea
        id={id}
        rows={4}
        aria-describedby={`${id}-hint`}
        placeholder={common.placeholder}
        value={typing.text}
        onInput={event => typing.type(event.currentTarget.value)}
        onBlur={typing.commit}
      />
    )
  return <Suggesting {...common} path={path} schema={schema} />
}

/** The requests' texts of a custom stream; the spec says so in their descriptions. */
function mayHoldMacros(name: string): boolean {
  return ['url', 'body', 'headers'].includes(name)
}

/** A secret: what is kept is never shown, only that it is. */
export function Secret(props: InputProps) {
  const { view, set } = useStudio()
  const { id, path } = props
  const isKept = view.kept.includes(path.join('.'))
  const typing = useTyping('', text => text !== '' && set(path, text), true)
  const isForMacros = path[0] === 'custom_streams'
  const placeholder = isKept ? 'kept in memory; type to replace it' : exampleOf(props)
  const common = { id, typing, hint: `${id}-hint`, placeholder }
  return (
    <div class="row">
      {isForMacros ? (
        <MacroText {...common} at={Number(path[1])} isLong={false} />
      ) : (
        <input
          id={id}
          type="password"
          autocomplete="off"
          aria-describedby={common.hint}
          placeholder={placeholder}
          value={typing.text}
          onInput={event => typing.type(event.currentTarget.value)}
          onBlur={typing.commit}
        />
      )}
      {isKept && (
        <button type="button" onClick={() => set(path, undefined)}>
          Forget it
        </button>
      )}
    </div>
  )
}

/** A number, within the bounds of the spec. */
export function NumberInput({ id, path, schema, value }: InputProps) {
  const { set } = useStudio()
  const typing = useTyping(shownAs(value), text => set(path, numberIn(text)))
  return (
    <input
      id={id}
      inputMode="decimal"
      aria-describedby={`${id}-hint`}
      placeholder={shownAs(schema['default'])}
      value={typing.text}
      onInput={event => typing.type(event.currentTarget.value)}
      onBlur={typing.commit}
    />
  )
}

/** A list of texts, one on each line. */
export function Lines(props: InputProps) {
  const { set } = useStudio()
  const { id, path, value } = props
  const typing = useTyping(isList(value) ? value.map(String).join('\n') : '', text => {
    const lines = text
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
    return set(path, lines.length === 0 ? undefined : lines)
  })
  return (
    <textarea
      id={id}
      rows={3}
      aria-describedby={`${id}-hint`}
      placeholder={`one on each line${exampleOf(props) === '' ? '' : `, such as ${exampleOf(props)}`}`}
      value={typing.text}
      onInput={event => typing.type(event.currentTarget.value)}
      onBlur={typing.commit}
    />
  )
}

function shownAs(value: Json | undefined): string {
  return value === undefined || value === null ? '' : String(value)
}

function exampleOf({ schema }: InputProps): string {
  const [first] = isList(schema['examples']) ? schema['examples'] : []
  return shownAs(schema['default'] ?? (isList(first) ? first[0] : first))
}

/** What is no number stays text, for the server to say so. */
function numberIn(text: string): Json | undefined {
  const plain = text.trim()
  if (plain === '') return undefined
  return Number.isFinite(Number(plain)) ? Number(plain) : plain
}
