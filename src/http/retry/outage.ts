import { type ConnectorError, transientError } from '../../errors.ts'
import { type Clock, pathOf, type Reply, type Request, type Send } from '../types.ts'
import type { OnWait } from './patience.ts'

/** Whether the API is there at all, as all requests of a run see it together. */
export interface OutageWatch {
  /** Resolves at once while the API answers; during an outage, when it is over. Rejects once one has lasted too long. */
  pass(): Promise<void>
  /** A request was answered, whatever the answer says. */
  answered(request: Request): void
  /** A request failed: without an answer, or with one that only says that the server cannot answer. Resolves to whether
   *  that was an outage, which is over by then. Rejects when the outage lasts too long. */
  failed(request: Request, failure: ConnectorError): Promise<boolean>
}

interface Watching {
  readonly clock: Clock
  /** Sends the request that finds out whether the API is back. */
  readonly send: Send
  /** How long an outage may last, from its first failure, in milliseconds. */
  readonly lastsMs: number
  /** A path to ask where one path fails, and no other one is known to answer. */
  readonly witness: string
  readonly onWait: OnWait
  readonly signal: AbortSignal
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** Watches for outages: failures with no answer between them, which another path that is asked then shares. A path that
 *  fails while others answer is alone with its trouble. During an outage one request is sent now and then, and no other. */
export function createOutageWatch(watching: Watching): OutageWatch {
  const { clock, witness, signal } = watching
  const seen: Seen = { suspects: createSuspects(clock) }
  return {
    async pass() {
      if (seen.lost !== undefined) throw seen.lost
      await seen.outage
    },
    answered(request) {
      seen.suspects.answered(pathOf(request))
      if (request.method === 'GET' && request.origin === undefined) seen.answered = request
    },
    async failed(request, error) {
      if (request.origin !== undefined || signal.aborted) return false
      const path = pathOf(request)
      const isSuspect = seen.suspects.add(path)
      if (seen.outage === undefined && (!isSuspect || (await isAlone(seen, watching, path)))) return false
      seen.outage ??= outlast(seen, watching, seen.answered ?? get(witness), error)
      await seen.outage
      return true
    },
  }
}

/** What all requests of a run saw together. */
interface Seen {
  readonly suspects: ReturnType<typeof createSuspects>
  /** The latest request that was answered, of those that can be asked again. */
  answered?: Request
  /** Whether another path answers, while that is being asked. */
  asking?: Promise<boolean> | undefined
  /** Resolves when the outage is over that lasts. */
  outage?: Promise<void> | undefined
  /** An outage lasted too long. */
  lost?: ConnectorError
}

/** Whether a path that failed is alone with that: another one is asked, once for all that fail meanwhile. */
async function isAlone(seen: Seen, { send, witness }: Watching, path: string): Promise<boolean> {
  const { answered, suspects } = seen
  const other = answered === undefined || pathOf(answered) === path ? get(witness) : answered
  seen.asking ??= isUp(send, other)
  const isOtherUp = await seen.asking
  seen.asking = undefined
  if (isOtherUp) suspects.acquit(path)
  return isOtherUp
}

/** Resolves when the probe is answered. Rejects for good when that takes too long. */
async function outlast(seen: Seen, watching: Watching, probe: Request, error: ConnectorError): Promise<void> {
  try {
    await waitForAnswer(watching, probe, error, seen.suspects.sinceMs())
    seen.suspects.answered(pathOf(probe))
  } catch (last) {
    seen.lost = last as ConnectorError
    throw last
  } finally {
    seen.outage = undefined
  }
}

/** The paths that failed since the last answer, and those that are known to fail alone. */
function createSuspects(clock: Clock) {
  const failingSince = new Map<string, number>()
  const alone = new Set<string>()
  return {
    /** Adds a path that failed. Returns whether it may be an outage: not the first failure of all, nor a path alone. */
    add(path: string): boolean {
      const isFirst = failingSince.size === 0
      if (!failingSince.has(path)) failingSince.set(path, clock.now())
      return !isFirst && !alone.has(path)
    },
    acquit: (path: string) => alone.add(path),
    answered(path: string): void {
      failingSince.clear()
      alone.delete(path)
    },
    sinceMs: () => Math.min(...failingSince.values()),
  }
}

const get = (path: string): Request => ({ method: 'GET', path })

/** Sends the probe again and again, at growing intervals, until it is answered. Rejects with a transient_error when that
 *  takes too long. */
async function waitForAnswer(
  { clock, send, lastsMs, onWait, signal }: Watching,
  probe: Request,
  error: ConnectorError,
  sinceMs: number,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const leftMs = sinceMs + lastsMs - clock.now()
    if (leftMs <= 0 || signal.aborted) throw tooLong(error, lastsMs)
    onWait(probe, { ms: Math.min(pause, leftMs), error: waiting(error, leftMs) })
    await clock.sleep(Math.min(pause, leftMs), signal)
    if (await isUp(send, probe)) return
  }
}

async function isUp(send: Send, request: Request): Promise<boolean> {
  const reply = await send(request).catch(() => undefined)
  reply?.release?.()
  return reply !== undefined && !saysDown(reply)
}

/** Whether an answer only says that the server behind it is not there: an error of its own, or a page for people where
 *  data was to come. */
export function saysDown({ status, headers, bytes }: Reply): boolean {
  if (status >= 500) return true
  const isPage = /^\s*<(!doctype|html)/i.test(bytes.toString('latin1', 0, 200))
  return status === 200 && isPage && !(headers['content-type'] ?? '').includes('json')
}

function waiting(error: ConnectorError, leftMs: number): ConnectorError {
  const minutes = Math.max(1, Math.round(leftMs / 60_000))
  const left = `${minutes} more ${minutes === 1 ? 'minute' : 'minutes'}`
  return saying(error, `All streams wait until the API is back, for up to ${left}.`)
}

function tooLong(error: ConnectorError, lastsMs: number): ConnectorError {
  return saying(
    error,
    `The API has been away for ${Math.round(lastsMs / 60_000)} minutes. The next sync goes on from here.`,
  )
}

function saying({ message, status, internal }: ConnectorError, more: string): ConnectorError {
  const facts = {
    ...(status === undefined ? {} : { status }),
    ...(internal === undefined ? {} : { internal }),
  }
  return transientError(`${message} ${more}`, facts)
}
