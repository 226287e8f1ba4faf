import { Ajv, type ValidateFunction } from 'ajv'
import type { AirbyteStateMessage, ConfiguredAirbyteCatalog } from './index.ts'
import schema from './protocol.schema.json' with { type: 'json' }

/** The definitions that come in, and their types. */
export interface Definitions {
  readonly ConfiguredAirbyteCatalog: ConfiguredAirbyteCatalog
  readonly AirbyteStateMessage: AirbyteStateMessage
}

/** A part of the schema, in the keywords that it uses. */
export interface Shape {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly string[]
  readonly items?: Shape
  readonly oneOf?: readonly Shape[]
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Shape>>
}

const compiled: Partial<Record<keyof Definitions, ValidateFunction>> = {}

/** Ajv's function for the definition, compiled at the first call: a run that reads no input never pays for it.
 *  The schema itself is checked by the tests, not at every start. */
export function validator<Name extends keyof Definitions>(name: Name): ValidateFunction<Definitions[Name]> {
  const { definitions } = schema
  compiled[name] ??= new Ajv(options).compile({ ...definitions[name], definitions })
  return compiled[name] as ValidateFunction<Definitions[Name]>
}

const options = { verbose: true, validateFormats: false, validateSchema: false, meta: false }

/** The shape itself, or the definition that it refers to. */
export function resolve(shape: Shape): Shape {
  const name = shape.$ref?.slice(reference('').length)
  return name === undefined ? shape : (shapes[name] ?? {})
}

const shapes: Readonly<Record<string, Shape>> = schema.definitions

/** The value without the fields that are null, in which many writers say "absent". Free-form objects keep theirs. */
export function withoutNulls(value: unknown, name: keyof Definitions): unknown {
  return pruned(value, { $ref: reference(name) })
}

function pruned(value: unknown, shape: Shape): unknown {
  const { items, properties } = resolve(shape)
  if (items && Array.isArray(value)) return value.map(item => pruned(item, items))
  if (!properties || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([key, field]) => [key, pruned(field, properties[key] ?? {})]),
  )
}

function reference(name: string): string {
  return `#/definitions/${name}`
}
