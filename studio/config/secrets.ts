import { isList, isObject, type Json, type JsonObject } from '../../src/json.ts'
import { bareText, maskText } from './masks.ts'
import { type Path, SPEC, schemaAt } from './schema.ts'

/** What the page may see of a config. */
export interface Shown {
  readonly config: JsonObject
  /** Where secrets are kept that the page does not see, as paths joined by dots. */
  readonly kept: readonly string[]
}

type Visit = (value: Json, schema: JsonObject, path: Path) => Json | undefined

/** The config without its secrets, as it may be written down anywhere. Fields that the spec does not know are left out. */
export function withoutSecrets(config: JsonObject): JsonObject {
  return walk(config, (value, schema, path) => {
    if (schema['airbyte_secret'] === true) return undefined
    return typeof value === 'string' && isRequestText(path) ? bareText(value) : value
  })
}

/** A custom stream without the secrets that were kept for it. Its url is taken as it is: it was typed just now. */
export function withoutStreamSecrets(stream: JsonObject, urlPath: Path): JsonObject {
  const { headers: _, body, ...rest } = stream
  const isText = typeof body === 'string' && isRequestText([...urlPath.slice(0, -1), 'body'])
  return isText ? { ...rest, body: bareText(body) } : rest
}

/** The config as the page sees it: secrets are left out, and values in requests that sign them in are dots. */
export function shown(config: JsonObject): Shown {
  const kept: string[] = []
  const visible = walk(config, (value, schema, path) => {
    if (schema['airbyte_secret'] !== true)
      return typeof value === 'string' && isRequestText(path) ? maskText(value) : value
    if (value !== '') kept.push(path.join('.'))
    return undefined
  })
  return { config: visible, kept }
}

/** Texts that may hold what signs a request in, beside whole secrets. */
function isRequestText(path: Path): boolean {
  return path[0] === 'base_url' || (path[0] === 'custom_streams' && ['url', 'body'].includes(String(path[2])))
}

function walk(config: JsonObject, visit: Visit): JsonObject {
  return (walkValue(config, SPEC, { visit, config, path: [] }) ?? {}) as JsonObject
}

/** Whether the spec has an object or a list of them here: a text in its place might be any of the secrets in it. */
function holdsMore({ oneOf, properties, items }: JsonObject): boolean {
  return (
    oneOf !== undefined || properties !== undefined || (isObject(items) && items['properties'] !== undefined)
  )
}

interface Place {
  readonly visit: Visit
  readonly config: JsonObject
  readonly path: Path
}

function walkValue(value: Json, schema: JsonObject, place: Place): Json | undefined {
  if (isList(value)) return value.map((one, at) => inner(one, at, place) ?? null)
  if (!isObject(value)) return holdsMore(schema) ? undefined : place.visit(value, schema, place.path)
  const entries = Object.entries(value).map(([key, one]) => [key, inner(one, key, place)] as const)
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined))
}

function inner(value: Json | undefined, key: string | number, place: Place): Json | undefined {
  const path = [...place.path, key]
  const schema = schemaAt(place.config, path)
  return schema === undefined || value === undefined
    ? undefined
    : walkValue(value, schema, { ...place, path })
}
