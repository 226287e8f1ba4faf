import type { AxiosResponse } from 'axios'
import { systemError } from '../../errors.ts'
import { NetworkError, pathOf, type Query, type Request, type Send } from '../types.ts'
import { agentFor, type Connections } from './agents.ts'
import { createCollect } from './bodies.ts'
import { createBuffers } from './buffers.ts'
import { proxyFor } from './proxy.ts'

/** Set by the bundler. */
declare const BUNDLED: boolean

interface Wire extends Connections {
  readonly userAgent: string
  /** The largest body accepted, after decompression. */
  readonly maxBytes: number
  /** Aborts what is in flight. */
  readonly signal: AbortSignal
}

/** Bytes of an answer that come in side by side with others': more than any ordinary page has. */
const FREE_BYTES = 8 * 1024 * 1024

/** The one place that knows axios: sends a request to its origin and returns any status with its bytes. An AxiosError
 *  never leaves this file, because it carries the credential. */
export function createAxiosSend(wire: Wire): Send {
  let client: Promise<Client> | undefined
  const buffers = createBuffers()
  const collect = createCollect({ freeBytes: FREE_BYTES, maxBytes: wire.maxBytes, buffers })
  return async request => {
    refuseSteps(request)
    client ??= createClient(wire)
    const ask = await client
    if (wire.signal.aborted) throw stopped()
    const deadline = createDeadline(wire)
    try {
      const response = await ask(request, deadline.signal)
      const { status, data } = response
      const headers = plainHeaders(response.headers)
      const bytes = await collect(data, request.path, Number(headers['content-length']) || 0)
      return { status, headers, bytes, release: () => buffers.give(bytes) }
    } catch (error) {
      throw networkError(error, wire)
    } finally {
      deadline.clear()
    }
  }
}

/** A signal that ends a request when its time is over, or the run is to stop. */
function createDeadline({ signal, timeoutMs }: Wire): { readonly signal: AbortSignal; clear(): void } {
  const ending = new AbortController()
  const end = () => ending.abort()
  const timer = setTimeout(end, timeoutMs)
  signal.addEventListener('abort', end)
  return {
    signal: ending.signal,
    clear() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    },
  }
}

/** The request's path with its query, encoded; a list repeats its key, undefined is left out. */
export function pathWithQuery(request: Pick<Request, 'path' | 'query'>): string {
  const query = encodeQuery(request.query ?? {})
  if (query === '') return request.path
  return request.path + (request.path.includes('?') ? '&' : '?') + query
}

function encodeQuery(query: Query): string {
  const pairs: string[] = []
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value])
      pairs.push(`${encode(key)}=${encode(String(one))}`)
  }
  return pairs.join('&')
}

/** As URLSearchParams writes it, which takes a while for what needs no encoding: nearly all. */
function encode(text: string): string {
  return /^[\w.-]*$/.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1)
}

/** Sends a request over a client's connections. */
type Client = (request: Request, signal: AbortSignal) => Promise<AxiosResponse>

/** A client for the wire's origin. It calls the adapter that axios itself would: merging the same config again and passing
 *  interceptors that there are not takes as long as the request. */
async function createClient(wire: Wire): Promise<Client> {
  const fixed = await fixedConfig(wire)
  const { AxiosHeaders, getAdapter } = await loadAxios()
  const send = getAdapter('http')
  const headers = { Accept: 'application/json', 'User-Agent': wire.userAgent }
  return (request, signal) =>
    send({
      ...fixed,
      url: wire.origin + pathWithQuery(request),
      method: request.method,
      headers: new AxiosHeaders(headers).set({ ...request.headers }),
      ...(request.body === undefined ? {} : { data: request.body }),
      signal,
    })
}

/** What is the same for each request. */
async function fixedConfig(wire: Wire) {
  const proxyEnv = proxyFor(wire.origin, process.env)
  return {
    ...(await agentFor(wire, proxyEnv)),
    ...(proxyEnv === undefined ? { proxy: false as const } : {}),
    maxRedirects: 0,
    responseType: 'stream' as const,
    validateStatus: () => true,
  }
}

/** Loads axios. In the built program without FormData, which nobody needs there: axios looks at it, and at the first look,
 *  also one to put it back, Node would load all of fetch, which takes longer than axios itself. */
function loadAxios() {
  if (typeof BUNDLED !== 'undefined') Reflect.deleteProperty(globalThis, 'FormData')
  return import('axios')
}

/** Refuses a path that would be taken for another: an id in it that is "." or "..", which no encoding can save. */
function refuseSteps(request: Request): void {
  if (
    !pathOf(request)
      .split('/')
      .some(part => /^(\.|%2e){1,2}$/i.test(part))
  )
    return
  throw systemError(
    `Babelforce gave an id that cannot be part of an address, "." or "..": ${request.method} ${pathOf(request)} is not asked.`,
  )
}

function plainHeaders(headers: unknown): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers as Record<string, unknown>)) {
    plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return plain
}

function stopped(): NetworkError {
  return new NetworkError('ESTOPPED', 'the connector was asked to stop')
}

function networkError(error: unknown, wire: Wire): NetworkError {
  if (wire.signal.aborted) return stopped()
  const { code = 'EUNKNOWN', message = String(error) } = error as { code?: string; message?: string }
  if (error instanceof NetworkError) return error
  if (code === 'ERR_CANCELED') {
    return new NetworkError('ETIMEDOUT', `no whole answer within ${wire.timeoutMs / 1000} s`)
  }
  return new NetworkError(code, message)
}
