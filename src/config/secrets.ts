import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import spec from './spec.json' with { type: 'json' }

/** Knows the secrets of a run, and removes them from texts. */
export interface Secrets {
  /** Adds the secrets of a config: the content of every field that the spec marks as airbyte_secret. */
  addConfig(config: Json): void
  /** Adds one more, e.g. a token. */
  add(secret: string): void
  /** The text with every known secret replaced by ****, also if it is URL-encoded, JSON-escaped or in base64. */
  mask(text: string): string
}

/** Shorter secrets are not masked: that would blot out half of every sentence and protect nothing. */
const SHORTEST = 3

/** An empty set of secrets. */
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
      return maskCut(masked, known)
    },
  }
}

/** Masks the beginning of a secret where a text was cut off, as an ellipsis shows. */
function maskCut(text: string, known: ReadonlySet<string>): string {
  const pieces = text.split('…')
  const last = pieces.pop() ?? ''
  return [...pieces.map(piece => maskEnd(piece, known)), last].join('…')
}

function maskEnd(text: string, known: ReadonlySet<string>): string {
  let cut = 0
  for (const secret of known) {
    let length = Math.min(secret.length - 1, text.length)
    while (length > cut && !text.endsWith(secret.slice(0, length))) length--
    cut = Math.max(cut, length)
  }
  return cut < SHORTEST ? text : `${text.slice(0, -cut)}****`
}

/** The forms in which a secret may appear: plain, in a URL or a form, inside JSON (as Unicode or ASCII), in base64; and each of
 *  these in a header, which is read byte by byte, and on one line. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ '': secret }).toString().slice(1),
    json,
    json.replace(/[^ -~]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]
  const asBytes = forms.map(form => Buffer.from(form).toString('latin1'))
  return [...forms, ...asBytes].flatMap(form => [form, form.replace(/\s+/g, ' ').trim()])
}

/** What Basic authentication makes of an id and a secret of the same object. */
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
