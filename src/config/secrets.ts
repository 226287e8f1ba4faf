import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { formsOf } from './secret-forms.ts'
import { secretParameters } from './secret-parameters.ts'
import spec from './spec.json' with { type: 'json' }

/** Knows the secrets of a run, and removes them from texts. */
export interface Secrets {
  /** Adds the secrets of a config: the content of every field that the spec marks as airbyte_secret. */
  addConfig(config: Json): void
  /** Adds one more, e.g. a token. */
  add(secret: string): void
  /** The text as it may be shown: every known secret replaced by ****, in whatever form it is there, and letters that could
   *  steer a terminal by U+FFFD. Line breaks and tabs stay. */
  mask(text: string): string
}

/** Texts of custom streams that may sign their requests in. */
const REQUESTS = ['url', 'body']

/** Shorter secrets are not masked: that would blot out half of every sentence and protect nothing. */
const SHORTEST = 3
/** From so many letters on a secret is masked in upper and lower case alike: a shorter one may be a word of its own. */
const ANY_CASE = 8

/** An empty set of secrets. */
export function createSecrets(): Secrets {
  const exact = createForms('g')
  const anyCase = createForms('gi')
  const names = secretNames(spec.connectionSpecification as unknown as Json)
  const add = (secret: string) => {
    if (secret.length >= SHORTEST) (secret.length < ANY_CASE ? exact : anyCase).add(formsOf(secret))
  }
  const addConfig = (config: Json) => {
    for (const secret of secretsIn(config, names)) add(secret)
  }
  return {
    add,
    addConfig,
    mask: text => harmless(exact.mask(anyCase.mask(text))),
  }
}

/** Letters by which a text could steer a terminal or turn itself around, but for line breaks and tabs, and those of which
 *  some scripts and emoji are made. */
const STEERING = /[[\p{Cc}\p{Cf}\p{Cs}]--[\n\t\u200c\u200d]]/gv

function harmless(text: string): string {
  return text.replace(STEERING, '\ufffd')
}

interface Forms {
  add(forms: readonly string[]): void
  mask(text: string): string
}

/** Forms of secrets, which are masked where they stand whole, and what is left of them where a text was cut off. */
function createForms(flags: 'g' | 'gi'): Forms {
  const known = new Set<string>()
  const fold = (text: string) => (flags === 'gi' ? text.toLowerCase() : text)
  let pattern: RegExp | undefined
  return {
    add(forms) {
      for (const form of forms) known.add(form)
      pattern = undefined
    },
    mask(text) {
      if (known.size === 0) return text
      pattern ??= new RegExp(
        [...known]
          .sort((a, b) => b.length - a.length)
          .map(literal)
          .join('|'),
        flags,
      )
      const pieces = text.replace(pattern, '****').split('…')
      const last = pieces.pop() ?? ''
      return [...pieces.map(piece => maskEnd(piece, known, fold)), last].join('…')
    },
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** Masks the beginning of a secret with which a text ends that was cut off, which an ellipsis shows. */
function maskEnd(text: string, known: ReadonlySet<string>, fold: (text: string) => string): string {
  const folded = fold(text)
  let cut = 0
  for (const secret of known) {
    let length = Math.min(secret.length - 1, text.length)
    while (length > cut && !folded.endsWith(fold(secret.slice(0, length)))) length--
    cut = Math.max(cut, length)
  }
  return cut < SHORTEST ? text : `${text.slice(0, -cut)}****`
}

/** Every text in a config under a name of a secret, however deep; and what signs the requests of custom streams in. */
function secretsIn(value: Json | undefined, names: ReadonlySet<string>, key = ''): string[] {
  if (typeof value === 'string') {
    const parameters = REQUESTS.includes(key) ? secretParameters(value) : []
    return names.has(key) ? [value, ...parameters] : parameters
  }
  if (isList(value)) return value.flatMap(one => secretsIn(one, names, key))
  if (!isObject(value)) return []
  const inner = Object.entries(value).flatMap(([name, one]) => secretsIn(one, names, name))
  return [...inner, ...pairsOf(value, names)]
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
