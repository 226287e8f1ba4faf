import type { ErrorObject } from 'ajv'
import { type Definitions, resolve, type Shape, validator, withoutNulls } from './definitions.ts'
import { ProtocolError } from './error.ts'

/** A document that comes in: what people call it, and what to do when it is wrong. */
export interface Document {
  readonly name: string
  readonly remedy: string
}

/** What is wrong: where, what is there (undefined: nothing), and what was expected there, in words. */
interface Fault {
  readonly path: string
  readonly found: unknown
  readonly expected: string
}

/** The part of a document at `path` as the definition's type, without the fields that are null.
 *  Throws a ProtocolError for the first fault. */
export function read<Name extends keyof Definitions>(
  name: Name,
  value: unknown,
  document: Document,
  path: string,
): Definitions[Name] {
  const validate = validator(name)
  const candidate = withoutNulls(value, name)
  if (validate(candidate)) return candidate
  throw complaint(document, faultOf(validate.errors?.[0], path))
}

/** The error whose sentence tells the fault. */
export function complaint(document: Document, { path, found, expected }: Fault): ProtocolError {
  const place = path === '' ? `The ${document.name}` : `In the ${document.name}, ${path}`
  const state = found === undefined ? 'missing' : inWords(found)
  return new ProtocolError(`${place} is ${state}; expected ${expected}. ${document.remedy}`)
}

/** The path to a field of what is at `path`; the path to the whole document is empty. */
export function join(path: string, field: string): string {
  return path === '' || field.startsWith('[') ? path + field : `${path}.${field}`
}

function faultOf(error: ErrorObject | undefined, base: string): Fault {
  const path = segments(error?.instancePath ?? '').reduce(join, base)
  const shape = (error?.parentSchema ?? {}) as Shape
  const missing: unknown = error?.params['missingProperty']
  return typeof missing === 'string'
    ? { path: join(path, missing), found: undefined, expected: wanted(shape.properties?.[missing] ?? {}) }
    : { path, found: error?.data, expected: wanted(shape) }
}

/** ["streams", "[2]", "sync_mode"] of ajv's /streams/2/sync_mode. The schema names no field by a number. */
function segments(instancePath: string): readonly string[] {
  const keys = instancePath.split('/').slice(1)
  return keys.map(key => (/^\d+$/.test(key) ? `[${key}]` : key))
}

const types: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
}

function wanted(shape: Shape): string {
  const { type = '', enum: choices, minItems } = resolve(shape)
  if (choices) return `one of ${choices.join(', ')}`
  return minItems ? 'a list with at least one entry' : (types[type] ?? 'another value')
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
