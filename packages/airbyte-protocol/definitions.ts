import type { ValidateFunction } from 'ajv'
import type * as types from './index.ts'
import schema from './protocol.schema.json' with { type: 'json' }
import { AirbyteStateMessage, ConfiguredAirbyteCatalog } from './validators.generated.ts'

/** The definitions that come in, and their types. */
export interface Definitions {
  readonly ConfiguredAirbyteCatalog: types.ConfiguredAirbyteCatalog
  readonly AirbyteStateMessage: types.AirbyteStateMessage
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

const validators: Readonly<Record<keyof Definitions, unknown>> = {
  ConfiguredAirbyteCatalog,
  AirbyteStateMessage,
}

/** The function that ajv made of the definition, ahead: see scripts/generate. */
export function validator<Name extends keyof Definitions>(name: Name): ValidateFunction<Definitions[Name]> {
  return validators[name] as ValidateFunction<Definitions[Name]>
}

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
