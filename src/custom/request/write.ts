import type { RequestParts, Write } from '../../engine/stream/definition.ts'
import { type ConnectorError, configError, systemError } from '../../errors.ts'
import type { Query, Request } from '../../http/types.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { pathNamed } from '../response/pagination.ts'
import { isHeaderValue } from './headers.ts'
import type { Filling, Template } from './macros.ts'
import type { Target } from './target.ts'

/** The parts of a custom stream's requests. */
export interface Parts {
  readonly stream: string
  readonly origin: string
  readonly foreign: Target['foreign']
  readonly path: Template
  readonly headers: readonly (readonly [name: string, value: Template])[]
  readonly accept: string
  readonly body: { readonly template: Template; readonly format: 'json' | 'form' } | undefined
  readonly method: 'GET' | 'POST'
  /** Pages name the address of the next one. */
  readonly isAddressed: boolean
}

/** Writes the requests of a custom stream: macros filled in, and each value made fit for where it stands. */
export function compileWrite(parts: Parts): Write {
  const { stream, foreign, origin, isAddressed, method } = parts
  return asked => {
    const filled = parts.path.fill(asked, encodeValue)
    const named = isAddressed && asked.place.named !== undefined
    const path = named ? pathNamed(stream, asked.place, foreign ?? origin, filled) : filled
    const { body, type } = bodyOf(parts, asked)
    return {
      path,
      ...(foreign === undefined ? {} : { origin: foreign }),
      ...(method === 'GET' ? { query: asked.paging } : {}),
      headers: { ...unlessGiven(parts, { Accept: parts.accept, ...type }), ...headersOf(parts, asked) },
      ...(body === undefined ? {} : { body }),
      explain: (status, said) => explain(stream, method, status, said),
    } satisfies Omit<Request, 'method' | 'stream' | 'once'>
  }
}

/** The value of a JSON text that macros fill, without the quotes around it. */
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

/** The body with the parameters of paging in it: at its top, beside what is there. */
function bodyOf({ method, body }: Parts, { paging, ...filling }: RequestParts): Body {
  if (method === 'GET') return {}
  if (body?.format === 'form') {
    const form = new URLSearchParams(body.template.fill(filling, encodeValue))
    for (const [name, value] of Object.entries(paging)) form.set(name, String(value))
    return { body: form.toString(), type: { 'Content-Type': 'application/x-www-form-urlencoded' } }
  }
  const text = body?.template.fill(filling, jsonValue)
  const whole = Object.keys(paging).length === 0 ? text : JSON.stringify({ ...objectIn(text), ...paging })
  return whole === undefined ? {} : { body: whole, type: { 'Content-Type': 'application/json' } }
}

function objectIn(text = '{}'): JsonObject & Query {
  const value = parseJson(text)
  return (isObject(value) ? value : {}) as JsonObject & Query
}

/** These headers, but for those that the user sets. */
function unlessGiven({ headers }: Parts, ours: Readonly<Record<string, string>>) {
  const set = new Set(headers.map(([name]) => name.toLowerCase()))
  return Object.fromEntries(Object.entries(ours).filter(([name]) => !set.has(name.toLowerCase())))
}

function headersOf({ headers, stream }: Parts, filling: Filling): Record<string, string> {
  const filled = headers.map(([name, value]) => [name, value.fill(filling, one => one)] as const)
  const broken = filled.find(([, value]) => !isHeaderValue(value))
  if (broken === undefined) return Object.fromEntries(filled)
  throw systemError(
    `Custom stream ${stream} gets a value for its header ${broken[0]} that no header can have.`,
  )
}

/** What the statuses mean that speak of the request itself. */
function explain(stream: string, method: string, status: number, said: string): ConnectorError | undefined {
  const isOfRequest = status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status)
  if (!isOfRequest) return undefined
  return configError(
    `The request of custom stream ${stream} is not accepted (${status}${said === '' ? '' : `: ${said}`}). ` +
      `Mend its url${method === 'POST' ? ', method or body' : ''}; the command "sample" shows what is sent.`,
    { status },
  )
}
