import { isList, isObject, type Json, type JsonObject } from '../json.ts'

/** The schema with a discriminator for each oneOf whose variants have a constant, so that a validator reports only what is wrong
 *  with the chosen variant. The spec itself must not have it: the platform's form does not know the keyword. */
export function discriminated(schema: unknown): JsonObject {
  return visit(schema as Json) as JsonObject
}

/** The property whose constant distinguishes the variants of a oneOf, e.g. auth_type. */
export function tagOf(variants: readonly Json[]): string | undefined {
  const first = variants[0]
  if (!isObject(first) || !isObject(first['properties'])) return undefined
  return Object.entries(first['properties']).find(([, field]) => isObject(field) && 'const' in field)?.[0]
}

function visit(node: Json): Json {
  if (isList(node)) return node.map(visit)
  if (!isObject(node)) return node
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value as Json)]))
  const tag = isList(node['oneOf']) ? tagOf(node['oneOf']) : undefined
  return tag === undefined ? copy : { ...copy, discriminator: { propertyName: tag } }
}
