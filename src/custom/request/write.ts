import type { Write } from '../../engine/stream/definition.ts'
import { configError } from '../../errors.ts'
import type { Query } from '../../http/types.ts'
import { excerpt, isObject } from '../../json.ts'
import { defined } from '../../optional.ts'
import type { CustomStreamConfig } from '../config.ts'
import { InvalidField, jsonIn } from '../invalid.ts'
import { nextPagePath, tokenOf } from '../response/pagination.ts'
import { isHeaderValue } from './headers.ts'
import type { MacroText, MacroValues } from './macros.ts'
import type { Target } from './target.ts'

/** The parts of a custom stream's requests. */
export interface RequestParts {
  readonly stream: CustomStreamConfig
  readonly target: Target
  readonly path: MacroText
  readonly headers: readonly (readonly [name: string, value: MacroText])[]
  readonly body: MacroText | undefined
}

type Asked = Parameters<Write>[0]

/** Writes the requests of a custom stream. They throw a config_error where `writeRequest` throws an InvalidField. */
export function compileWrite(parts: RequestParts): Write {
  return asked => {
    try {
      return writeRequest(parts, asked)
    } catch (error) {
      if (!(error instanceof InvalidField)) throw error
      const { name } = parts.stream
      throw configError(`Custom stream ${name} cannot be requested: ${error.field} ${error.message}.`)
    }
  }
}

/** Writes a request: macros are filled in, and each value is encoded for the place where it goes. Throws an InvalidField for a
 *  body that is not JSON with these values, or a header that is not valid with them. */
export function writeRequest(parts: RequestParts, asked: Asked): ReturnType<Write> {
  const { stream, target } = parts
  const isGet = stream.method !== 'POST'
  const isAddressed = asked.place.named !== undefined && stream.pagination?.type !== 'next_token'
  const path = isAddressed
    ? nextPagePath(stream.name, asked.place, target.origin)
    : parts.path.fill(asked, encodeValue)
  const { body, type } = isGet ? {} : bodyOf(parts, asked)
  const accept = stream.response_format === 'xml' ? 'application/xml, text/xml' : 'application/json'
  return defined({
    path: isGet ? withoutParameters(path, Object.keys(asked.paging)) : path,
    origin: target.foreign,
    query: isGet ? textsOf(asked.paging) : undefined,
    headers: headersOf(parts, asked, defined({ Accept: accept, 'Content-Type': type })),
    body,
    explain: (status: number, said: string) => explain(stream, status, said),
  })
}

/** A value as part of a JSON string, without the quotes around it. */
const jsonValue = (value: string) => JSON.stringify(value).slice(1, -1)
const encodeValue = (value: string) => encodeURIComponent(value.toWellFormed())

/** The body with the pagination parameters, at its top level beside what is there. */
function bodyOf({ stream, body }: RequestParts, asked: Asked): { body?: string; type?: string } {
  const hasPaging = Object.keys(asked.paging).length > 0
  if (body === undefined && !hasPaging) return {}
  if (stream.body_format === 'form') {
    const form = new URLSearchParams(body?.fill(asked, encodeValue))
    for (const [name, value] of Object.entries(textsOf(asked.paging))) form.set(name, String(value))
    return { body: form.toString(), type: 'application/x-www-form-urlencoded' }
  }
  const text = body?.fill(asked, jsonValue) ?? '{}'
  const json = jsonIn(text, () => notJson(text))
  if (!hasPaging) return { body: text, type: 'application/json' }
  if (isObject(json))
    return { body: JSON.stringify({ ...json, ...mapped(asked.paging, tokenOf) }), type: 'application/json' }
  throw new InvalidField('body', 'must be a JSON object, because the pagination parameters are added to it')
}

function notJson(text: string): Error {
  const what = `is not JSON once its macros are filled in (${excerpt(text)})`
  return new InvalidField('body', `${what}; put quotes around them, or set body_format to form`)
}

/** The paging parameters as a URL or a form has them. */
const textsOf = (paging: Query) => mapped(paging, named => named.replace('\u0000', ''))

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

/** The user's headers, and those of ours that the user does not set. */
function headersOf({ headers }: RequestParts, values: MacroValues, ours: Readonly<Record<string, string>>) {
  const filled = headers.map(([name, value]) => [name, value.fill(values, one => one)] as const)
  const [broken] = filled.find(([, value]) => !isHeaderValue(value)) ?? []
  if (broken !== undefined)
    throw new InvalidField('headers', `gets a value for ${broken} that is not valid in a header; use others`)
  const set = new Set(headers.map(([name]) => name.toLowerCase()))
  const others = Object.entries(ours).filter(([name]) => !set.has(name.toLowerCase()))
  return Object.fromEntries([...others, ...filled])
}

/** The error for a status that means that the request itself is at fault. */
function explain({ name, method }: CustomStreamConfig, status: number, said: string) {
  if (!/^4/.test(`${status}`) || [401, 403, 408, 425, 429].includes(status)) return undefined
  return configError(
    `The request of custom stream ${name} was not accepted (${status}${said === '' ? '' : `: ${said}`}). ` +
      `Fix its url${method === 'POST' ? ', method or body' : ''}; the command "sample" shows what is sent.`,
    { status },
  )
}
