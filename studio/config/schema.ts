import spec from '../../src/config/spec.json' with { type: 'json' }
import { chosenVariant } from '../../src/config/unknown.ts'
import { isList, isObject, type Json, type JsonObject } from '../../src/json.ts'

/** Where a value is in a config: keys of objects, positions in lists. */
export type Path = readonly (string | number)[]

/** What the config looks like: the one source of every input of the page. */
export const SPEC = spec.connectionSpecification as unknown as JsonObject

/** The value at a path; undefined where there is none. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => {
    if (isList(inner)) return typeof key === 'number' ? inner[key] : undefined
    return isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined
  }, value)
}

/** The schema of the value at a path of this config, by the variants that the config chose; undefined where the spec knows no
 *  such field. */
export function schemaAt(config: Json, path: Path): JsonObject | undefined {
  let schema: JsonObject | undefined = SPEC
  for (const [depth, key] of path.entries()) {
    schema = stepInto(schema, valueAt(config, path.slice(0, depth)), key)
    if (schema === undefined) return undefined
  }
  return schema
}

function stepInto(schema: JsonObject, value: Json | undefined, key: string | number): JsonObject | undefined {
  if (typeof key === 'number') return isObject(schema['items']) ? schema['items'] : undefined
  const variant = isObject(value) ? chosenVariant(schema, value) : schema
  const known = [variant?.['properties'], tagsOf(schema)].find(
    properties => isObject(properties) && Object.hasOwn(properties, key),
  )
  const found = isObject(known) ? known[key] : undefined
  return isObject(found) ? found : undefined
}

/** The field that chooses a variant may be set before any is chosen. */
function tagsOf({ oneOf }: JsonObject): JsonObject {
  const [first] = isList(oneOf) ? oneOf.filter(isObject) : []
  const properties = isObject(first?.['properties']) ? first['properties'] : {}
  return Object.fromEntries(
    Object.entries(properties).filter(([, field]) => isObject(field) && field['const'] !== undefined),
  )
}

/** Every field of the spec that holds a value, as a path in which * is any position of a list. Fields of variants appear once
 *  for all variants that have them. */
export function fieldsOf(schema: JsonObject = SPEC, at: readonly string[] = []): readonly string[] {
  const variants = isList(schema['oneOf']) ? schema['oneOf'].filter(isObject) : []
  if (variants.length > 0) return [...new Set(variants.flatMap(one => fieldsOf(one, at)))]
  const { properties, items } = schema
  if (isObject(properties))
    return Object.entries(properties).flatMap(([key, inner]) =>
      isObject(inner) ? fieldsOf(inner, [...at, key]) : [],
    )
  if (isObject(items) && isObject(items['properties'])) return fieldsOf(items, [...at, '*'])
  return [at.join('.')]
}

/** The names of an object's fields, in the order of the spec. */
export function namesIn({ properties }: JsonObject): readonly string[] {
  const orderOf = (field: Json | undefined) =>
    isObject(field) && typeof field['order'] === 'number' ? field['order'] : 999
  return Object.entries(isObject(properties) ? properties : {})
    .sort(([, a], [, b]) => orderOf(a) - orderOf(b))
    .map(([name]) => name)
}
