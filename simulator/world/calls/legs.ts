import type { Facts } from '../ground/facts.ts'
import { draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import { legId, type Parties, partiesOf, type Side } from './parties.ts'
import { isBridged, isByDialler, type Moments, momentsOf, type Plan, waitSeconds } from './plan.ts'
import { recordingAt } from './recordings.ts'

const ANSWER_MS = 1500

const ends = [
  { state: 'no-answer', finishReason: 'no-answer' },
  { state: 'busy', finishReason: 'busy' },
  { state: 'failed', finishReason: 'unallocated-number' },
  { state: 'canceled', finishReason: 'canceled' },
] as const

interface Scene {
  readonly facts: Facts
  readonly plan: Plan
  readonly parties: Parties
  readonly moments: Moments
  readonly now: number
}

/** When a leg begins, in unix ms: the agent's when it starts to ring, at the end of the wait. */
export function legBegins(plan: Plan, begun: number, side: Side): number {
  return side === 0 ? begun : begun + (waitSeconds(plan) - plan.ringSeconds) * 1000
}

/** One leg of a call as it looks at `now`. Unfinished legs have no dateFinished and finishReason. */
export function legAt(facts: Facts, plan: Plan, begun: number, side: Side, now: number): Row {
  const scene = { facts, plan, parties: partiesOf(facts, plan), moments: momentsOf(plan, begun), now }
  const { callId, conversationId } = scene.parties
  return {
    ...(side === 0 ? { id: callId } : { id: legId(facts.seed, plan.index, 1), parentId: callId }),
    sessionId: conversationId,
    conversationId,
    ...timesOf(scene, side),
    ...outcomeOf(scene),
    ...endsOf(scene, side),
    duration: secondsSo(scene, side),
    anonymous: scene.parties.anonymous && side === 0,
    recordings: recordingsOf(scene),
    bridged: side === 0 && isBridged(plan) && now >= scene.moments.bridged ? bridgedOf(scene.parties) : null,
  }
}

function timesOf(scene: Scene, side: Side): Row {
  const { plan, moments, now } = scene
  const begins = legBegins(plan, moments.begun, side)
  const answered = side === 1 || !scene.parties.inbound ? moments.bridged : begins + ANSWER_MS
  const established = plan.shape !== 'unreached' && now >= answered
  return {
    dateCreated: isoTime(begins),
    lastUpdated: isoTime(lastChange(scene, begins)),
    ...(established ? { dateEstablished: isoTime(answered) } : {}),
    ...(now >= moments.finished ? { dateFinished: isoTime(moments.finished) } : {}),
  }
}

function lastChange({ plan, moments, now }: Scene, begins: number): number {
  const changes = [moments.bridged, moments.finished, ...(plan.recorded ? [moments.recordingReady] : [])]
  if (isBridged(plan)) changes.push(moments.settled)
  return Math.max(begins, ...changes.filter(change => change <= now))
}

function outcomeOf({ facts, plan, moments, now }: Scene): Row {
  if (now < moments.finished) return { state: 'in-progress' }
  const draw = draws(facts.seed, 'outcome', plan.index)
  if (plan.shape === 'unreached') return pick(draw, ends)
  const finishReason = pick(draw, ['hangup', 'hangup', 'passive-hangup', 'system-hangup'] as const)
  return { state: 'completed', finishReason }
}

function endsOf({ plan, parties }: Scene, side: Side): Row {
  const { service, customer, agent } = parties
  if (side === 1)
    return { type: 'outbound', from: service, to: agent?.number ?? '', source: 'queue', domain: 'internal' }
  if (!parties.inbound) {
    const source = isByDialler(plan) ? 'dialer' : 'webrtc'
    return { type: 'outbound', from: service, to: customer, source, domain: 'external' }
  }
  const source = plan.shape === 'menu' ? 'dial' : 'queue'
  return { type: 'inbound', from: customer, to: service, source, domain: 'external' }
}

function secondsSo({ plan, moments, now }: Scene, side: Side): number {
  const begins = legBegins(plan, moments.begun, side)
  return Math.max(0, Math.floor((Math.min(now, moments.finished) - begins) / 1000))
}

function recordingsOf({ facts, plan, parties, moments, now }: Scene): readonly Row[] {
  const visible = plan.recorded && now >= moments.recordingReady
  return visible ? [recordingAt(facts, plan, parties, moments, now)] : []
}

// An agent who dials by hand is bridged without a queue: the live API then sends queueId null.
function bridgedOf({ agent, queue }: Parties): Row | null {
  if (!agent) return null
  return { ...agent, queueId: queue?.id ?? null, queueName: queue?.name ?? '', agent }
}
