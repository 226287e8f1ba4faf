import type { ConnectorError } from '../errors.ts'

/** Query parameters; a list repeats its key, undefined leaves it out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** One request to the API, before sign-in. */
export interface Request {
  readonly method: 'GET' | 'POST'
  /** Another origin than the configured one: asked without the sign-in. */
  readonly origin?: string
  /** A path on the configured origin, such as /api/v2/agents. */
  readonly path: string
  readonly query?: Query
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The stream that asks: for messages and statuses; undefined for sign-in and probes. */
  readonly stream?: string
  /** Never send it again once it may have arrived: it changes data. */
  readonly once?: boolean
  /** How often it is sent again at most after a fault, where less than usual is wanted. */
  readonly retries?: number
  /** It asks for a page that may be too large: an answer that says so, or may, fails at once, and so does none in time. */
  readonly isTrial?: boolean
  /** The error for a status that means something particular at this path, e.g. 400 at the token endpoint. */
  readonly explain?: (status: number, text: string) => ConnectorError | undefined
}

/** What came back: any status, the body not yet parsed. Header names are lower case. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
  /** Of a 401: what another path says to the same credentials; undefined where none was asked, or none could tell. */
  readonly elsewhere?: 'accepted' | 'refused' | 'unknown'
  /** Lets the memory of the bytes be used for another answer: nothing may look at them afterwards. Whoever does not call it
   *  costs memory only. */
  readonly release?: () => void
}

/** What to do about an answer: take it, ask again, or give up with this error. */
export type Verdict = { readonly verdict: 'ok' } | Setback

/** An answer that cannot be taken: to be asked again, or hopeless. */
export interface Setback {
  readonly verdict: 'retry' | 'fail'
  readonly error: ConnectorError
  /** At most so many tries more, where fewer than for others are of use. */
  readonly retries?: number
}

/** Sends one request once. Rejects with a NetworkError when no whole answer came. */
export type Send = (request: Request) => Promise<Reply>

/** Sends a request until it succeeds or cannot; `read` turns the 2xx answer into what the caller wants, and may
 *  throw BadBody to have the request sent again. Rejects with a ConnectorError. */
export type Call = <T>(request: Request, read: (reply: Reply) => T) => Promise<T>

/** The clock and what goes with it, as parameters so that tests own the time. */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  random(): number
}

/** No whole answer came: refused, reset, timed out, too large. `code` is Node's or ours (ETOOBIG, ETIMEDOUT ...). */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A 2xx answer whose body is not what it should be: truncated, HTML, no JSON. */
export class BadBody extends Error {
  override readonly name = 'BadBody'
}

/** The path without its query, for messages: queries may hold personal data. */
export function pathOf(request: Pick<Request, 'path'>): string {
  return request.path.split('?', 1)[0] ?? request.path
}
