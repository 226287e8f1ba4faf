import type { ComponentChildren } from 'preact'
import { isList, isObject, type Json, type JsonObject } from '../../../src/json.ts'
import { namesIn, type Path, schemaAt, valueAt } from '../../config/schema.ts'
import { useStudio } from '../studio.ts'
import { Choice, Flag } from './choices.tsx'
import { Lines, NumberInput, Secret, Text } from './inputs.tsx'
import { Variants } from './variants.tsx'

/** What every input is given. */
export interface InputProps {
  readonly id: string
  readonly path: Path
  readonly schema: JsonObject
  readonly value: Json | undefined
}

/** The input of one field of the config, whatever it is: the spec says which. */
export function Field({ path, remark }: { readonly path: Path; readonly remark?: ComponentChildren }) {
  const { view } = useStudio()
  const schema = schemaAt(view.config, path)
  if (schema === undefined || schema['const'] !== undefined) return null
  const props = { id: path.join('-'), path, schema, value: valueAt(view.config, path) }
  if (isList(schema['oneOf'])) return <Variants {...props} />
  if (isObject(schema['properties'])) return <Group {...props} />
  return (
    <Labelled {...props} remark={remark}>
      <Input {...props} />
    </Labelled>
  )
}

/** The fields of an object, in the order of the spec. */
function Fields({ path, schema }: { readonly path: Path; readonly schema: JsonObject }) {
  return (
    <>
      {namesIn(schema).map(name => (
        <Field key={name} path={[...path, name]} />
      ))}
    </>
  )
}

function Group({ path, schema }: InputProps) {
  return (
    <fieldset>
      <legend>{text(schema['title'])}</legend>
      <p class="hint">{text(schema['description'])}</p>
      <Fields path={path} schema={schema} />
    </fieldset>
  )
}

interface LabelledProps extends InputProps {
  readonly remark: ComponentChildren
  readonly children: ComponentChildren
}

function Labelled({ id, path, schema, remark, children }: LabelledProps) {
  return (
    <div class="field" data-field={path.join('.')}>
      <label for={id}>{text(schema['title']) || text(path.at(-1))}</label>
      {children}
      <p class="hint" id={`${id}-hint`}>
        {text(schema['description'])}
        {remark}
      </p>
    </div>
  )
}

function Input(props: InputProps) {
  const { schema } = props
  if (schema['airbyte_secret'] === true) return <Secret {...props} />
  if (isList(schema['enum'])) return <Choice {...props} />
  switch (schema['type']) {
    case 'boolean':
      return <Flag {...props} />
    case 'integer':
    case 'number':
      return <NumberInput {...props} />
    case 'array':
      return <Lines {...props} />
    default:
      return <Text {...props} />
  }
}

function text(value: unknown): string {
  return value === undefined ? '' : String(value)
}
