import { tagOf } from '../../../src/config/discriminate.ts'
import { isList, isObject, type JsonObject } from '../../../src/json.ts'
import { namesIn } from '../../config/schema.ts'
import { useStudio } from '../studio.ts'
import { Field, type InputProps } from './field.tsx'

interface Variant {
  readonly schema: JsonObject
  readonly value: string
  readonly title: string
}

/** One of several kinds of an object: cards for the sign-in, a menu for the rest; below it the fields of the chosen kind. */
export function Variants(props: InputProps) {
  const { path, schema, value } = props
  const { tag, variants } = variantsOf(schema)
  const current = isObject(value) ? value[tag] : undefined
  const chosen = variants.find(one => one.value === current)
  const choice = { ...props, tag, variants, chosen }
  return (
    <fieldset class="variants" data-field={path.join('.')}>
      <legend>{String(schema['title'] ?? '')}</legend>
      <p class="hint" id={`${props.id}-hint`}>
        {String(schema['description'] ?? '')}
      </p>
      {path[0] === 'credentials' ? <Cards {...choice} /> : <Menu {...choice} />}
      {chosen !== undefined &&
        namesIn(chosen.schema)
          .filter(name => name !== tag)
          .map(name => <Field key={`${chosen.value}.${name}`} path={[...path, name]} />)}
    </fieldset>
  )
}

function variantsOf({ oneOf }: JsonObject): { readonly tag: string; readonly variants: readonly Variant[] } {
  const schemas = isList(oneOf) ? oneOf.filter(isObject) : []
  const tag = tagOf(schemas) ?? ''
  const variants = schemas.map(schema => {
    const field = isObject(schema['properties']) ? schema['properties'][tag] : undefined
    const value = String((isObject(field) ? field['const'] : undefined) ?? '')
    return { schema, value, title: String(schema['title'] ?? value) }
  })
  return { tag, variants }
}

interface ChoiceProps extends InputProps {
  readonly tag: string
  readonly variants: readonly Variant[]
  readonly chosen: Variant | undefined
}

function Cards({ id, path, tag, variants, chosen }: ChoiceProps) {
  const { set } = useStudio()
  return (
    <div class="cards" role="radiogroup" aria-label="Kind of sign-in">
      {variants.map(({ value, title }) => (
        <label key={value} class="card">
          <input
            type="radio"
            name={id}
            value={value}
            checked={value === chosen?.value}
            onChange={() => set([...path, tag], value)}
          />
          {title}
        </label>
      ))}
    </div>
  )
}

function Menu({ id, path, schema, tag, variants, chosen }: ChoiceProps) {
  const { set } = useStudio()
  return (
    <select
      id={id}
      aria-label={String(schema['title'] ?? '')}
      aria-describedby={`${id}-hint`}
      value={chosen?.value ?? ''}
      onChange={event => {
        const { value } = event.currentTarget
        return set(path, value === '' ? undefined : { [tag]: value })
      }}
    >
      <option value="">(not set)</option>
      {variants.map(({ value, title }) => (
        <option key={value} value={value}>
          {title}
        </option>
      ))}
    </select>
  )
}
