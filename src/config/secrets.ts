import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import spec from './spec.json' with { type: 'json' }

/** Knows the secrets of this run, and takes them out of a text. */
export interface Secrets {
  /** Remembers the secrets of a config: whatever stands in a field that the spec marks as airbyte_secret. */
  addConfig(config: Json): void
  /** Remembers one more, e.g. a token obtained. */
  add(secret: string): void
  /** The text with every known secret replaced by ****, also where it is URL-encoded, JSON-escaped or in base64. */
  mask(text: string): string
}

/** Shorter ones are not masked: they would blot out half of every sentence, and protect nothing. */
const SHORTEST = 3

/** Secrets, none at first. */
export function createSecrets(): Secrets {
  const known = new Set<string>()
  const names = secretNames(spec.connectionSpecification as unknown as Json)
  const add = (secret: string) => {
    if (secret.length >= SHORTEST) for (const form of formsOf(secret)) known.add(form)
  }
  const collect = (value: Json | undefined, secret: boolean): void => {
    if (typeof value === 'string' && secret) add(value)
    if (isList(value)) for (const one of value) collect(one, secret)
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) collect(inner, names.has(key))
    for (const pair of pairsOf(value, names)) add(pair)
  }
  return {
    add,
    addConfig: config => collect(config, false),
    mask(text) {
      let masked = text
      for (const secret of [...known].sort((a, b) => b.length - a.length))
        masked = masked.replaceAll(secret, '****')
      return masked
    },
  }
}

/** A secret as it may appear: plain, in a URL or a form, inside JSON, in base64. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]
}

/** What Basic authentication makes of an id and a secret that stand side by side. */
function pairsOf(value: JsonObject, names: ReadonlySet<string>): string[] {
  const texts = Object.entries(value).filter(([, text]) => typeof text === 'string' && text !== '')
  return texts.flatMap(([, id]) =>
    texts.filter(([key]) => names.has(key)).map(([, secret]) => `${id}:${secret}`),
  )
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
