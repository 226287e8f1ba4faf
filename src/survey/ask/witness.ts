import type { ApiClock } from '../../http/api-clock.ts'
import { NetworkError, type Reply, type Send } from '../../http/types.ts'
import { isObject, type Json } from '../../json.ts'
import { parseJson, TooDeep } from '../../json-text.ts'
import { codesIn } from './errors.ts'

/** How many requests a survey makes at most, sign-in and repetitions included. */
export const MOST_REQUESTS = 120

/** What is seen of every answer, and never leaves the survey as it is: only counts and numbers do. */
export interface Witness extends ApiClock {
  readonly seen: Seen
}

/** What was seen of the answers so far. */
export interface Seen {
  readonly requests: number
  /** Whether anything but a sign-in was answered. */
  readonly isAnswered: boolean
  /** How often a rate limit was met. */
  readonly limited: number
  /** The last answer that was no 2xx. */
  readonly lastError: { readonly status: number; readonly body: Json | undefined } | undefined
  /** How many answers were dated, and how many were not. */
  readonly dated: { readonly yes: number; readonly no: number }
  /** How far the API's clock is ahead, in milliseconds, by its latest answer. */
  readonly aheadMs: number | undefined
  /** Whether the sign-in's answer named the token's lifetime; undefined where there was none. */
  readonly namesLifetime: boolean | undefined
  /** Numbers in headers that speak of rates, by their names. */
  readonly rateHeaders: Readonly<Record<string, number>>
}

const NOTHING_SEEN: Seen = {
  requests: 0,
  isAnswered: false,
  limited: 0,
  lastError: undefined,
  dated: { yes: 0, no: 0 },
  aheadMs: undefined,
  namesLifetime: undefined,
  rateHeaders: {},
}

/** A witness on the way to the API. It refuses to send more than the survey may, and keeps to itself what errors say in words. */
export function createWitness(clock: ApiClock, now: () => number): Witness {
  let seen = NOTHING_SEEN
  const watched = (send: Send): Send => {
    return async request => {
      const { requests } = seen
      if (requests >= MOST_REQUESTS) throw new NetworkError('ESTOPPED', 'the survey has used up its requests')
      seen = { ...seen, requests: requests + 1 }
      const reply = await send(request)
      seen = withAnswer(seen, request.path, reply, now())
      return reply.status >= 400 ? withoutWords(reply) : reply
    }
  }
  return {
    now: clock.now,
    watching: send => watched(clock.watching(send)),
    get seen() {
      return seen
    },
  }
}

function withAnswer(seen: Seen, path: string, reply: Reply, nowMs: number): Seen {
  const { status, headers } = reply
  const isSignIn = path === TOKEN_PATH
  return {
    ...seen,
    ...datedSo(seen, Date.parse(headers['date'] ?? ''), nowMs),
    rateHeaders: { ...seen.rateHeaders, ...ratesIn(headers) },
    limited: status === 429 ? seen.limited + 1 : seen.limited,
    isAnswered: seen.isAnswered || !isSignIn,
    namesLifetime: isSignIn && status === 200 ? holdsLifetime(reply) : seen.namesLifetime,
    lastError: status >= 300 ? { status, body: jsonOf(reply) } : seen.lastError,
  }
}

function datedSo({ dated, aheadMs }: Seen, dateMs: number, nowMs: number): Pick<Seen, 'dated' | 'aheadMs'> {
  return Number.isNaN(dateMs)
    ? { dated: { ...dated, no: dated.no + 1 }, aheadMs }
    : { dated: { ...dated, yes: dated.yes + 1 }, aheadMs: dateMs - nowMs }
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
