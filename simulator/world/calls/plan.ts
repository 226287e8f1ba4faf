import type { Facts } from '../ground/facts.ts'
import { between, chance, type Draw, draws, skewed } from '../ground/random.ts'

/** How a call goes: answered from a queue, abandoned in a queue, ended in the menu, dialled and answered, or dialled
 *  without success. */
type Shape = 'answered' | 'abandoned' | 'menu' | 'dialled' | 'unreached'

/** What will happen in a call, in whole seconds; what does not happen takes 0. */
export interface Plan {
  readonly index: number
  readonly shape: Shape
  /** From the beginning of the call to its queue, or to its end when it has none. */
  readonly menuSeconds: number
  readonly queueSeconds: number
  /** How long the far end rings; the last part of queueSeconds for an answered call. */
  readonly ringSeconds: number
  readonly talkSeconds: number
  readonly holdSeconds: number
  readonly wrapupSeconds: number
  readonly agent: number
  readonly queue: number
  readonly recorded: boolean
}

const RECORDING_READY_SECONDS = 300
const SETTLED_SECONDS = 600

/** When the steps of a call happen, in unix ms. */
export interface Moments {
  readonly begun: number
  readonly bridged: number
  readonly finished: number
  /** From here on the recording is listed. */
  readonly recordingReady: number
  /** From here on wrap-up and tags are final. */
  readonly settled: number
}

/** What happens in call `index`: a function of the world's facts and the index alone. */
export function planCall(facts: Facts, index: number): Plan {
  const draw = draws(facts.seed, 'plan', index)
  const shape = shapeFor(draw())
  const queued = shape === 'answered' || shape === 'abandoned'
  const bridged = shape === 'answered' || shape === 'dialled'
  const ringSeconds = between(draw, 2, shape === 'unreached' ? 40 : 12)
  return {
    index,
    shape,
    ...waitOf(draw, shape, queued, ringSeconds),
    ringSeconds,
    ...workOf(draw, bridged),
    agent: Math.floor(draw() * facts.staff.length),
    queue: queued ? Math.floor(draw() ** 1.6 * facts.lines.length) : -1,
    recorded: chance(draw, 0.88) && bridged,
  }
}

/** Whether two people spoke. */
export function isBridged(plan: Plan): boolean {
  return plan.shape === 'answered' || plan.shape === 'dialled'
}

/** Whether the dialler placed the call, rather than an agent by hand. */
export function isByDialler(plan: Plan): boolean {
  return (plan.shape === 'dialled' || plan.shape === 'unreached') && plan.index % 3 === 0
}

/** Two for a call that a queue hands to an agent, else one. */
export function legsOf(plan: Plan): 1 | 2 {
  return plan.shape === 'answered' ? 2 : 1
}

/** Seconds from the beginning of a call until people speak, or until its end when they never do. */
export function waitSeconds(plan: Plan): number {
  return plan.menuSeconds + plan.queueSeconds
}

/** When the steps of a call that begins at `begun` happen. */
export function momentsOf(plan: Plan, begun: number): Moments {
  const bridged = begun + waitSeconds(plan) * 1000
  const finished = bridged + (plan.talkSeconds + plan.holdSeconds) * 1000
  const recordingReady = finished + RECORDING_READY_SECONDS * 1000
  return { begun, bridged, finished, recordingReady, settled: finished + SETTLED_SECONDS * 1000 }
}

function shapeFor(roll: number): Shape {
  if (roll < 0.62) return 'answered'
  if (roll < 0.72) return 'abandoned'
  if (roll < 0.78) return 'menu'
  return roll < 0.92 ? 'dialled' : 'unreached'
}

function waitOf(draw: Draw, shape: Shape, queued: boolean, ringSeconds: number) {
  if (shape === 'dialled' || shape === 'unreached') return { menuSeconds: ringSeconds, queueSeconds: 0 }
  const menuSeconds = between(draw, 3, 25)
  const waited = queued ? skewed(draw, 45, 1800) : 0
  const atLeast = shape === 'answered' ? ringSeconds : 0
  return { menuSeconds, queueSeconds: waited + atLeast }
}

function workOf(draw: Draw, bridged: boolean) {
  if (!bridged) return { talkSeconds: 0, holdSeconds: 0, wrapupSeconds: 0 }
  return {
    talkSeconds: 5 + skewed(draw, 210, 5400),
    holdSeconds: chance(draw, 0.15) ? skewed(draw, 40, 600) : 0,
    wrapupSeconds: skewed(draw, 35, 540),
  }
}
