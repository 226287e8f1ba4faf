import type { ApiClock } from './api-clock.ts'
import { isAbroad } from './environments.ts'
import { createLevels, type Levels } from './levels.ts'
import { createBudget, limited } from './pace/limit.ts'
import { slotted } from './pace/slots.ts'
import { createOutageWatch } from './retry/outage.ts'
import { limitsRate } from './retry/outcomes.ts'
import type { OnWait, Patience } from './retry/patience.ts'
import { retrying } from './retry/retry.ts'
import { authorised, createIdentity, type SharedIdentity, signedInEarly } from './sign-in/auth.ts'
import type { Credentials, OnSignIn } from './sign-in/credentials.ts'
import type { Call, Clock, Request, Send } from './types.ts'
import { createAxiosSend } from './wire/axios.ts'
import { inUtf8 } from './wire/charset.ts'
import { followingRedirects } from './wire/redirects.ts'
import { reporting, type SentRequest } from './wire/sent-requests.ts'

/** Everything that a way to the API is made of. */
export interface StackOptions {
  readonly origin: string
  readonly credentials: Credentials
  readonly userAgent: string
  /** How many requests may be in flight at most. */
  readonly concurrency: number
  /** How many are, to each origin. Default: levels of its own. */
  readonly levels?: Levels
  /** Resolves when there is room for another answer; nothing is sent before. */
  readonly gate?: () => Promise<void>
  /** How many requests may leave in a second at most, to each origin. */
  readonly requestsPerSecond?: number
  /** How long one request may take in all; two minutes where it does not say. */
  readonly timeoutMs?: number
  readonly patience: Patience
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onWait: OnWait
  /** Told of each request that was sent, sign-ins and further tries included. */
  readonly onSent?: (sent: SentRequest) => void
  /** Learns the API's clock from its answers. */
  readonly apiClock?: ApiClock
  readonly onSignIn: OnSignIn
  /** Signs in at once, while the first request is yet to come. */
  readonly isEarly?: boolean
  /** Shared by all ways to the API that are to sign in once. */
  readonly identity?: SharedIdentity
}

const REQUEST_TIMEOUT_MS = 120_000
const LARGEST_BODY = 64 * 1024 * 1024

/** The way to the API, from the wire up: axios, the shared budget, places, sign-in, retries. A grant takes the same way but
 *  for the sign-in itself, and without waiting for a place: all others wait for it. */
export function createCall(options: StackOptions): Call {
  const { send, paced, retry } = createWay(options)
  const grant = retrying(paced, retry(paced))
  const shared = options.identity ?? { current: undefined }
  shared.current ??= createIdentity(options.credentials, grant, options.clock, options.onSignIn)
  const identity = shared.current
  const signedIn = authorised(send, options.isEarly === true ? signedInEarly(identity) : identity)
  return retrying(signedIn, retry(signedIn))
}

/** The same way without a sign-in: for what comes before one. */
export function createOpenCall(options: Omit<WayOptions, 'identity'>): Call {
  const { send, retry } = createWay(options)
  return retrying(send, retry(send))
}

/** A path that every account serves. */
const WITNESS = '/api/v2/user/accounts'

/** Everything that a way to the API is made of but for the sign-in. */
type WayOptions = Omit<StackOptions, 'credentials' | 'onSignIn'>

/** A way to the API, over whatever sends to an origin: within the shared budget, and with a place among those in flight, or
 *  without one; and how requests are tried again. */
export function createWay(options: WayOptions, wayTo: (origin: string) => Send = overAxios(options)) {
  const { clock, signal, concurrency } = options
  const budgetOf = perOrigin(options.origin, () => createBudget(clock, options.requestsPerSecond))
  const reported = reporting(toOwnOrigin(options.origin, wayTo), options.onSent ?? ignore)
  const paced = limited(reported, { budgetOf, isRefusal: limitsRate }, signal)
  const { slotsOf } = options.levels ?? createLevels(concurrency, clock.now)
  const send = slotted(paced, slotsOf, options.gate ?? (async () => undefined))
  const onWait: OnWait = (request, wait) => {
    if (wait.error.status === 429) budgetOf(request).pause(wait.ms * pace)
    options.onWait(request, wait)
  }
  const { patience } = options
  const { pace = 1, outageMs } = patience
  const waiting = { clock: pace === 1 ? clock : hurried(clock, pace), onWait, signal }
  const watching = { ...waiting, lastsMs: outageMs * pace, witness: WITNESS }
  const retry = (send: Send) => ({
    ...waiting,
    patience,
    ...(outageMs === 0 ? {} : { outage: createOutageWatch({ ...watching, send }) }),
  })
  return { send, paced, retry }
}

function overAxios(options: WayOptions): (origin: string) => Send {
  const { timeoutMs = REQUEST_TIMEOUT_MS } = options
  return origin => {
    const wire = { ...options, origin, timeoutMs, maxBytes: LARGEST_BODY }
    const send = createAxiosSend({ ...wire, isAbroad: isAbroad(origin, options.origin) })
    const watched = options.apiClock?.watching(send) ?? send
    return followingRedirects(inUtf8(watched), origin)
  }
}

const ignore = () => undefined

function hurried(clock: Clock, pace: number): Clock {
  return { ...clock, sleep: (ms, signal) => clock.sleep(ms * pace, signal) }
}

/** Sends each request to its own origin, or else to this one, over connections that are kept for each. */
function toOwnOrigin(home: string, wayTo: (origin: string) => Send): Send {
  const wayOf = perOrigin(home, wayTo)
  return request => wayOf(request)(request)
}

/** What belongs to the origin that a request goes to, made when it is first asked for. */
function perOrigin<T>(home: string, make: (origin: string) => T): (request: Request) => T {
  const made = new Map<string, T>()
  return ({ origin = home }) => {
    const one = made.get(origin) ?? make(origin)
    made.set(origin, one)
    return one
  }
}
