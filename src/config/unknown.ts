import leven from 'leven'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { tagOf } from './discriminate.ts'

/** A remark on every key of the config that the spec does not know, with the known key that it resembles. */
export function unknownKeys(schema: unknown, value: Json, at = ''): string[] {
  if (isList(value)) {
    const items = (schema as JsonObject)['items']
    return items === undefined
      ? []
      : value.flatMap((one, index) => unknownKeys(items, one, `${at}[${index}]`))
  }
  if (!isObject(value) || !isObject(schema)) return []
  const known = fieldsOf(schema, value)
  if (known === undefined) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at === '' ? key : `${at}.${key}`
    return Object.hasOwn(known, key)
      ? unknownKeys(known[key], inner as Json, path)
      : [remark(path, key, Object.keys(known))]
  })
}

/** The fields that the schema knows for this value: its own, or those of the variant that the value chooses. */
function fieldsOf(schema: JsonObject, value: JsonObject): JsonObject | undefined {
  const variants = isList(schema['oneOf']) ? schema['oneOf'] : []
  const tag = tagOf(variants)
  if (tag === undefined) return isObject(schema['properties']) ? schema['properties'] : undefined
  const fields = variants.map(one => (isObject(one) && isObject(one['properties']) ? one['properties'] : {}))
  return fields.find(one => isObject(one[tag]) && one[tag]['const'] === value[tag])
}

function remark(path: string, key: string, known: readonly string[]): string {
  const near = known.find(one => leven(one, key) <= Math.max(1, Math.floor(one.length / 4)))
  return `${path} is not a known field${near === undefined ? '' : `; did you mean ${near}?`}${near ? '' : '.'}`
}
