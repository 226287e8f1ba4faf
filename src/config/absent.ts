import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { chosenVariant } from './unknown.ts'

/** The config without its empty fields: null and a blank text in a field that may be left out are as good as absent, since
 *  templates write them for what nobody filled in. An empty client_id stays: it means that none is sent. */
export function withoutAbsent(schema: unknown, value: Json): Json {
  if (!isObject(schema)) return value
  if (isList(value)) return value.map(one => withoutAbsent(schema['items'], one))
  const variant = isObject(value) ? chosenVariant(schema, value) : undefined
  if (!isObject(value) || variant === undefined) return value
  const known = isObject(variant['properties']) ? variant['properties'] : {}
  const required = isList(variant['required']) ? variant['required'] : []
  const kept = Object.entries(value).filter(
    ([key, inner]) => required.includes(key) || !Object.hasOwn(known, key) || !isAbsent(key, inner),
  )
  return Object.fromEntries(
    kept.map(([key, inner = null]) => [
      key,
      Object.hasOwn(known, key) ? withoutAbsent(known[key], inner) : inner,
    ]),
  ) satisfies JsonObject
}

function isAbsent(key: string, value: Json | undefined): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '' && key !== 'client_id')
}
