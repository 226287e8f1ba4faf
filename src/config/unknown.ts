import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { tagOf } from './discriminate.ts'
import { nearest } from './nearest.ts'

/** A remark on every key of the config that the spec does not know, with the known key that it resembles. */
export function unknownKeys(schema: unknown, value: Json, at = ''): string[] {
  if (isList(value)) {
    const items = (schema as JsonObject)['items']
    return items === undefined
      ? []
      : value.flatMap((one, index) => unknownKeys(items, one, `${at}[${index}]`))
  }
  if (!isObject(value) || !isObject(schema)) return []
  const known = chosenVariant(schema, value)?.['properties']
  if (!isObject(known)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at === '' ? key : `${at}.${key}`
    return Object.hasOwn(known, key)
      ? unknownKeys(known[key], inner as Json, path)
      : [remark(path, key, Object.keys(known))]
  })
}

/** What the schema says of an object with this value: all of it, or the variant that the value chose; undefined where it
 *  chose none. */
export function chosenVariant(schema: JsonObject, value: JsonObject): JsonObject | undefined {
  const variants = isList(schema['oneOf']) ? schema['oneOf'].filter(isObject) : []
  const tag = tagOf(variants)
  if (tag === undefined) return schema
  return variants.find(({ properties }) => {
    const field = isObject(properties) ? properties[tag] : undefined
    return isObject(field) && field['const'] === value[tag]
  })
}

function remark(path: string, key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  return `${path} is not a known field${near === undefined ? '.' : `; did you mean ${near}?`}`
}
