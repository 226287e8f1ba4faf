import type { ApiClock } from '../../http/api-clock.ts'
import { NetworkError, type Reply, type Send } from '../../http/types.ts'
import { isObject, type Json } from '../../json.ts'
import { parseJson, TooDeep } from '../../json-text.ts'
import { codesIn } from './errors.ts'

/** How many requests a survey makes at most, sign-in and repetitions included. */
export const MOST_REQUESTS = 120

/** What is seen of every answer, and never leaves the survey as it is: only counts and numbers do. */
export interface Witness extends ApiClock {
  readonly requests: () => number
  /** Whether anything but a sign-in was answered. */
  readonly isAnswered: () => boolean
  /** How often a rate limit was met. */
  readonly limited: () => number
  /** The last answer that was no 2xx. */
  readonly lastError: () => { readonly status: number; readonly body: Json | undefined } | undefined
  /** How many answers were dated, and how many were not. */
  readonly dated: () => { readonly yes: number; readonly no: number }
  /** How far the API's clock is ahead, in milliseconds, by its latest answer. */
  readonly aheadMs: () => number | undefined
  /** Whether the sign-in's answer named the token's lifetime; undefined where there was none. */
  readonly namesLifetime: () => boolean | undefined
  /** Numbers in headers that speak of rates, by their names. */
  readonly rateHeaders: () => Readonly<Record<string, number>>
}

/** A witness on the way to the API. It refuses to send more than the survey may, and keeps to itself what errors say in words. */
export function createWitness(clock: ApiClock, now: () => number): Witness {
  let requests = 0
  let isAnswered = false
  let limited = 0
  let lastError: ReturnType<Witness['lastError']>
  let aheadMs: number | undefined
  let namesLifetime: boolean | undefined
  const dated = { yes: 0, no: 0 }
  const rates: Record<string, number> = {}
  const look = (path: string, reply: Reply) => {
    const dateMs = Date.parse(reply.headers['date'] ?? '')
    dated[Number.isNaN(dateMs) ? 'no' : 'yes'] += 1
    if (!Number.isNaN(dateMs)) aheadMs = dateMs - now()
    Object.assign(rates, ratesIn(reply.headers))
    if (reply.status === 429) limited += 1
    if (path !== TOKEN_PATH) isAnswered = true
    else if (reply.status === 200) namesLifetime = holdsLifetime(reply)
    if (reply.status >= 300) lastError = { status: reply.status, body: jsonOf(reply) }
  }
  return {
    now: clock.now,
    watching: send => watched(clock.watching(send)),
    requests: () => requests,
    isAnswered: () => isAnswered,
    limited: () => limited,
    lastError: () => lastError,
    dated: () => dated,
    aheadMs: () => aheadMs,
    namesLifetime: () => namesLifetime,
    rateHeaders: () => rates,
  }
  function watched(send: Send): Send {
    return async request => {
      if (requests >= MOST_REQUESTS) throw new NetworkError('ESTOPPED', 'the survey has used up its requests')
      requests += 1
      const reply = await send(request)
      look(request.path, reply)
      return reply.status >= 400 ? withoutWords(reply) : reply
    }
  }
}

const TOKEN_PATH = '/oauth/token'

/** The answer with only the codes of its error: what it says in words may name people, and would be in our own messages. */
function withoutWords(reply: Reply): Reply {
  const body = jsonOf(reply)
  const bytes = isObject(body) ? Buffer.from(JSON.stringify(codesIn(body))) : reply.bytes
  return { ...reply, bytes }
}

/** Why an answer's body was not read. */
export type Unread = 'nothing' | 'not-json' | 'too-deep'

/** The body of an answer: its JSON, or why there is none that can be walked over. */
export function bodyOf({ bytes }: Reply): { readonly body: Json | undefined; readonly unread?: Unread } {
  const text = bytes.toString('utf8')
  if (text.trim() === '') return { body: undefined, unread: 'nothing' }
  try {
    return { body: parseJson(text) }
  } catch (error) {
    return { body: undefined, unread: error instanceof TooDeep ? 'too-deep' : 'not-json' }
  }
}

function jsonOf(reply: Reply): Json | undefined {
  return bodyOf(reply).body
}

/** Undefined where no token was given. */
function holdsLifetime(reply: Reply): boolean | undefined {
  const body = jsonOf(reply)
  return isObject(body) && 'access_token' in body ? typeof body['expires_in'] === 'number' : undefined
}

const RATE_HEADER =
  /^(?:x-)?(?:rate-?limit)(?:-(?:limit|remaining|reset|used|policy|requests|tokens))*$|^retry-after$/

function ratesIn(headers: Reply['headers']): Record<string, number> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => RATE_HEADER.test(name) && /^\d{1,9}$/.test(value))
      .map(([name, value]) => [name, Number(value)]),
  )
}
