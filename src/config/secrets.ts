import { isList, isObject, type Json } from '../json.ts'
import spec from './spec.json' with { type: 'json' }

/** Knows the secrets of this run, and takes them out of a text. */
export interface Secrets {
  /** Remembers one more, e.g. a token obtained. */
  add(secret: string): void
  /** The text with every known secret replaced by ****. */
  mask(text: string): string
}

/** The secrets of a config: whatever stands in a field that the spec marks as airbyte_secret. */
export function secretsOf(config: Json): Secrets {
  const known = new Set<string>()
  const names = secretNames(spec.connectionSpecification as unknown as Json)
  const collect = (value: Json | undefined, secret: boolean): void => {
    if (typeof value === 'string' && secret && value !== '') known.add(value)
    if (isList(value)) for (const one of value) collect(one, secret)
    if (isObject(value)) for (const [key, inner] of Object.entries(value)) collect(inner, names.has(key))
  }
  collect(config, false)
  return {
    add: secret => known.add(secret),
    mask: text => [...known].reduce((masked, secret) => masked.replaceAll(secret, '****'), text),
  }
}

function secretNames(schema: Json, names = new Set<string>()): Set<string> {
  if (isList(schema)) for (const one of schema) secretNames(one, names)
  if (!isObject(schema)) return names
  for (const [key, inner] of Object.entries(schema)) {
    if (isObject(inner) && inner['airbyte_secret'] === true) names.add(key)
    secretNames(inner as Json, names)
  }
  return names
}
