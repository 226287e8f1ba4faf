import type { Write } from '../../engine/stream/definition.ts'
import { type ConnectorError, configError } from '../../errors.ts'
import type { Query } from '../../http/types.ts'
import { excerpt, isObject, type Json } from '../../json.ts'
import { defined } from '../../optional.ts'
import { InvalidField, parsedOr } from '../invalid.ts'
import { nextPagePath, tokenOf } from '../response/pagination.ts'
import { isHeaderValue } from './headers.ts'
import type { MacroText, MacroValues } from './macros.ts'
import type { Target } from './target.ts'

/** The parts of a custom stream's requests. */
export interface RequestParts {
  readonly stream: string
  readonly origin: string
  readonly foreign: Target['foreign']
  readonly path: MacroText
  readonly headers: readonly (readonly [name: string, value: MacroText])[]
  readonly accept: string
  readonly body: { readonly text: MacroText; readonly format: 'json' | 'form' } | undefined
  readonly method: 'GET' | 'POST'
  /** Each page gives the address of the next one. */
  readonly usesNextAddress: boolean
}

/** Writes the requests of a custom stream. They throw a config_error where `writeRequest` throws an InvalidField. */
export function compileWrite(parts: RequestParts): Write {
  return asked => {
    try {
      return writeRequest(parts, asked)
    } catch (error) {
      if (!(error instanceof InvalidField)) throw error
      throw configError(`Custom stream ${parts.stream} cannot be requested: ${error.field} ${error.message}.`)
    }
  }
}

/** Writes a request: macros are filled in, and each value is encoded for the place where it goes. Throws an InvalidField for a
 *  body that is not JSON with these values, or a header that is not valid with them. */
export function writeRequest(parts: RequestParts, asked: Parameters<Write>[0]): ReturnType<Write> {
  const { stream, foreign, origin, usesNextAddress, method } = parts
  const isNamed = usesNextAddress && asked.place.named !== undefined
  const path = isNamed
    ? nextPagePath(stream, asked.place, foreign ?? origin)
    : parts.path.fill(asked, encodeValue)
  const { body, type } = bodyOf(parts, asked)
  return defined({
    path: method === 'GET' ? withoutParameters(path, Object.keys(asked.paging)) : path,
    origin: foreign,
    query: method === 'GET' ? textsOf(asked.paging) : undefined,
    headers: { ...unlessGiven(parts, { Accept: parts.accept, ...type }), ...headersOf(parts, asked) },
    body,
    explain: (status: number, said: string) => explain(stream, method, status, said),
  })
}

/** A value as part of a JSON string, without the quotes around it. */
function jsonValue(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

interface Body {
  readonly body?: string
  readonly type?: Readonly<Record<string, string>>
}

/** The body with the pagination parameters, at its top level beside what is there. */
function bodyOf({ method, body }: RequestParts, asked: Parameters<Write>[0]): Body {
  const paging = Object.entries(asked.paging)
  if (method === 'GET' || (body === undefined && paging.length === 0)) return {}
  if (body?.format === 'form') {
    const form = new URLSearchParams(body.text.fill(asked, encodeValue))
    for (const [name, value] of Object.entries(textsOf(asked.paging))) form.set(name, String(value))
    return { body: form.toString(), type: { 'Content-Type': 'application/x-www-form-urlencoded' } }
  }
  const text = body?.text.fill(asked, jsonValue) ?? '{}'
  const json = jsonIn(text)
  if (paging.length > 0 && !isObject(json))
    throw new InvalidField('body', 'must be a JSON object, because the pagination parameters are added to it')
  const whole =
    isObject(json) && paging.length > 0 ? { ...json, ...mapped(asked.paging, tokenOf) } : undefined
  return {
    body: whole === undefined ? text : JSON.stringify(whole),
    type: { 'Content-Type': 'application/json' },
  }
}

function jsonIn(text: string): Json {
  return parsedOr(text, () => {
    throw new InvalidField(
      'body',
      `is not JSON once its macros are filled in (${excerpt(text, 80)}); put quotes around them, or set body_format to form`,
    )
  })
}

/** The paging parameters as a URL or a form has them. */
function textsOf(paging: Query): Query {
  return mapped(paging, named => named.replace('\u0000', ''))
}

function mapped<T>(values: Query, change: (text: string) => T) {
  const changed = Object.entries(values).map(
    ([name, value]) => [name, typeof value === 'string' ? change(value) : value] as const,
  )
  return Object.fromEntries(changed)
}

/** A path without these parameters of its query, which come anew. */
function withoutParameters(path: string, names: readonly string[]): string {
  const [before = '', query] = path.split(/\?(.*)/s)
  if (query === undefined) return path
  const kept = query.split('&').filter(pair => {
    const [name = ''] = new URLSearchParams(pair).keys()
    return !names.includes(name)
  })
  return kept.length === 0 ? before : `${before}?${kept.join('&')}`
}

/** These headers, except those that the user sets. */
function unlessGiven({ headers }: RequestParts, ours: Readonly<Record<string, string>>) {
  const set = new Set(headers.map(([name]) => name.toLowerCase()))
  return Object.fromEntries(Object.entries(ours).filter(([name]) => !set.has(name.toLowerCase())))
}

function headersOf({ headers }: RequestParts, values: MacroValues): Record<string, string> {
  const filled = headers.map(([name, value]) => [name, value.fill(values, one => one)] as const)
  const broken = filled.find(([, value]) => !isHeaderValue(value))
  if (broken === undefined) return Object.fromEntries(filled)
  throw new InvalidField('headers', `gets a value for ${broken[0]} that is not valid in a header; use others`)
}

/** The error for a status that means that the request itself is at fault. */
function explain(stream: string, method: string, status: number, said: string): ConnectorError | undefined {
  const isOfRequest = status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status)
  if (!isOfRequest) return undefined
  return configError(
    `The request of custom stream ${stream} was not accepted (${status}${said === '' ? '' : `: ${said}`}). ` +
      `Fix its url${method === 'POST' ? ', method or body' : ''}; the command "sample" shows what is sent.`,
    { status },
  )
}
