import { setImmediate as nextTurn } from 'node:timers/promises'
import { NetworkError, type Request, type Send } from '../types.ts'
import type { Level, Outcome } from './level.ts'

/** What answers that are under way may hold together, as far as those before them tell. */
const MOST_BYTES = 5_000_000
/** Requests that stand built where the level is at its ceiling, and leave when a connection becomes free. */
const READY = 1

/** Places for requests in flight. */
export interface Slots {
  /** Sends when there is a place, in the order in which requests came. */
  hold(request: Request, send: Send): ReturnType<Send>
}

/** As many places as the level says, and as memory allows for pages of the size that each stream's have. */
export function createSlots(level: Level, ceiling: number): Slots {
  const places: Places = { level, ceiling, waiting: [], inFlight: 0, bytesInFlight: 0 }
  const sizes = createSizes()
  return {
    async hold(request, send) {
      const bytes = sizes.of(request)
      const own = await enter(places, bytes)
      let outcome: Outcome = 'other'
      try {
        const reply = await send(request)
        outcome = outcomeOf(reply.status)
        if (outcome === 'clean') sizes.learn(request, reply.bytes.length)
        return reply
      } catch (error) {
        if (error instanceof NetworkError && error.code === 'ETIMEDOUT') outcome = 'overload'
        throw error
      } finally {
        leave(places, { bytes, own, outcome })
      }
    },
  }
}

/** Who is in flight, and who waits to be, in the order in which they came. */
interface Places {
  readonly level: Level
  readonly ceiling: number
  readonly waiting: { readonly bytes: number; readonly go: (inFlight: number) => void }[]
  inFlight: number
  bytesInFlight: number
}

/** Resolves once there is a place, to how many are in flight then, this one included. */
function enter(places: Places, bytes: number): Promise<number> {
  return new Promise<number>(go => {
    places.waiting.push({ bytes, go })
    admit(places)
  })
}

/** Frees a place. `own` is how many were in flight when its request left. */
function leave(
  places: Places,
  { bytes, own, outcome }: { readonly bytes: number; readonly own: number; readonly outcome: Outcome },
): void {
  const isWanted = places.waiting.length > 0 && places.inFlight >= size(places)
  places.inFlight--
  places.bytesInFlight -= bytes
  places.level.ended(outcome, own, isWanted)
  admit(places)
}

function admit(places: Places): void {
  const { waiting } = places
  for (let [next] = waiting; next !== undefined; [next] = waiting) {
    const isLarge = places.inFlight > 0 && places.bytesInFlight + next.bytes > MOST_BYTES
    if (places.inFlight >= size(places) || isLarge) return
    waiting.shift()
    places.bytesInFlight += next.bytes
    next.go(++places.inFlight)
  }
}

function size({ level, ceiling }: Places): number {
  return level.now() < ceiling ? level.now() : ceiling + READY
}

function outcomeOf(status: number): Outcome {
  if (status === 503) return 'overload'
  return status < 400 ? 'clean' : 'other'
}

/** How much a new answer counts in the mean. */
const NEWS = 1 / 4

/** How large the answers to each stream are in the mean; 0 where none is known. */
function createSizes() {
  const means = new Map<string, number>()
  const nameOf = ({ stream, path }: Request) => stream ?? path
  return {
    of: (request: Request) => means.get(nameOf(request)) ?? 0,
    learn(request: Request, bytes: number) {
      const before = means.get(nameOf(request)) ?? bytes
      means.set(nameOf(request), before + (bytes - before) * NEWS)
    },
  }
}

/** Sends when a place among those to its origin is free, and not while the gate is closed: the reader of what we write
 *  sets the pace. A place is held on the wire only, not while an answer is worked on or a retry waits; and the next request
 *  leaves before this one's answer is looked at. */
export function slotted(send: Send, slotsOf: (request: Request) => Slots, gate: () => Promise<void>): Send {
  const gated: Send = async request => {
    await gate()
    return send(request)
  }
  return async request => {
    try {
      return await slotsOf(request).hold(request, gated)
    } finally {
      await nextTurn()
    }
  }
}
