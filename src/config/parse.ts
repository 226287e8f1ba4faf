import type { ErrorObject, ValidateFunction } from 'ajv'
import { configError } from '../errors.ts'
import { isObject, type Json, kindOf } from '../json.ts'
import { withoutAbsent } from './absent.ts'
import type { Config } from './config.generated.ts'
import spec from './spec.json' with { type: 'json' }
import { unknownKeys } from './unknown.ts'
import { validateConfig } from './validate.generated.ts'

/** A valid config, and remarks on keys in it that mean nothing here. */
export interface ParsedConfig {
  readonly config: Config
  readonly remarks: readonly string[]
}

/** The config, checked against the spec. Unknown keys are allowed, with a remark. Throws a config_error with one sentence for
 *  each thing that must change; it never quotes a value that may be secret. */
export function parseConfig(value: Json): ParsedConfig {
  if (!isObject(value)) throw configError(`The config must be a JSON object; it is ${kindOf(value)}.`)
  const given = withoutAbsent(spec.connectionSpecification, value)
  const remarks = unknownKeys(spec.connectionSpecification, given)
  const validate = validateConfig as ValidateFunction
  const isValid = validate(given)
  const sentences = (
    isValid ? unfitForHeaders(given as unknown as Config) : (validate.errors ?? []).map(sentence)
  ).concat(remarks)
  if (isValid && sentences.length === remarks.length) return { config: given as unknown as Config, remarks }
  throw configError(`The config is not valid. ${[...new Set(sentences)].join(' ')}`)
}

/** The fields that go into a header, by the kind of credentials. */
const IN_HEADERS = ['access_id', 'access_token', 'bearer_token', 'org_key']

/** What is wrong with credentials that no header can carry. Source: RFC 9110 section 5.5. */
function unfitForHeaders({ credentials }: Config): string[] {
  const unfit = Object.entries(credentials).filter(
    ([name, text]) => IN_HEADERS.includes(name) && /[^ -~\u00a0-\u00ff]/.test(text),
  )
  return unfit.map(
    ([name]) =>
      `credentials.${name} holds a character that no header can carry, such as a line break or a letter beyond Latin-1. Copy it again, without anything around it.`,
  )
}

type Say = (params: Record<string, unknown>, error: ErrorObject) => string

/** Each kind of violation in words, to follow the name of the field. */
const SENTENCES: Readonly<Record<string, Say>> = {
  required: ({ missingProperty }) => `needs ${missingProperty}, which is missing`,
  type: ({ type }, { data }) =>
    `must be ${withArticle(String(type))}; it is ${type === 'integer' && typeof data === 'number' ? data : kindOf(data)}`,
  minLength: () => 'must not be empty',
  minimum: ({ limit }, { data }) => `must be at least ${limit}; it is ${data}`,
  exclusiveMinimum: ({ limit }, { data }) => `must be more than ${limit}; it is ${data}`,
  maximum: ({ limit }, { data }) => `must be at most ${limit}; it is ${data}`,
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as string[]).join(', ')}`,
  pattern: (_, { data, parentSchema }) =>
    `must look like ${parentSchema?.['pattern_descriptor']}, such as ${parentSchema?.['examples']?.[0]}; it is "${withoutUser(String(data))}"`,
  discriminator: ({ tag }, { parentSchema }) =>
    `needs ${tag}, one of ${variants(parentSchema?.['oneOf'], String(tag)).join(', ')}`,
}

function sentence(error: ErrorObject): string {
  const say = SENTENCES[error.keyword]
  const where = error.instancePath === '' ? 'The config' : fieldName(error.instancePath)
  return `${where} ${say === undefined ? (error.message ?? 'is not valid') : say(error.params, error)}.`
}

/** /custom_streams/0/url as custom_streams[0].url */
function fieldName(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
}

/** A URL may contain a password: what precedes the @ is not quoted. */
function withoutUser(text: string): string {
  return text.replace(/^(\w+:\/\/)?.*@/s, '$1****@')
}

function withArticle(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}

function variants(oneOf: unknown, tag: string): string[] {
  return (oneOf as { properties: Record<string, { const: string }> }[]).map(
    one => one.properties[tag]?.const ?? '?',
  )
}
