import type { Write } from '../../engine/stream/definition.ts'
import { type ConnectorError, configError, systemError } from '../../errors.ts'
import type { Query } from '../../http/types.ts'
import { excerpt, isObject, type JsonObject } from '../../json.ts'
import { defined } from '../../optional.ts'
import { parsedOr } from '../invalid.ts'
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

/** Writes the requests of a custom stream: macros are filled in, and each value is encoded for the place where it goes. */
export function compileWrite(parts: RequestParts): Write {
  const { stream, foreign, origin, usesNextAddress, method } = parts
  return asked => {
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
}

/** A value as part of a JSON string, without the quotes around it. */
export function jsonValue(value: string): string {
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
function bodyOf({ method, body, stream }: RequestParts, { paging, ...values }: Parameters<Write>[0]): Body {
  if (method === 'GET') return {}
  if (body?.format === 'form') {
    const form = new URLSearchParams(body.text.fill(values, encodeValue))
    for (const [name, value] of Object.entries(textsOf(paging))) form.set(name, String(value))
    return { body: form.toString(), type: { 'Content-Type': 'application/x-www-form-urlencoded' } }
  }
  const text = body?.text.fill(values, jsonValue)
  const isFixed = Object.keys(paging).length === 0
  if (isFixed && (body?.text.names ?? []).length > 0) objectIn(stream, text)
  const whole = isFixed ? text : JSON.stringify({ ...objectIn(stream, text), ...mapped(paging, tokenOf) })
  return whole === undefined ? {} : { body: whole, type: { 'Content-Type': 'application/json' } }
}

function objectIn(stream: string, text = '{}'): JsonObject {
  const value = parsedOr(text, () => {
    throw configError(
      `The body of custom stream ${stream} is not JSON once its macros are filled in: ${excerpt(text, 80)}. Put quotes around them.`,
    )
  })
  return isObject(value) ? value : {}
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

function headersOf({ headers, stream }: RequestParts, values: MacroValues): Record<string, string> {
  const filled = headers.map(([name, value]) => [name, value.fill(values, one => one)] as const)
  const broken = filled.find(([, value]) => !isHeaderValue(value))
  if (broken === undefined) return Object.fromEntries(filled)
  throw systemError(
    `Custom stream ${stream} gets a value for its header ${broken[0]} that is not valid in a header.`,
  )
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
