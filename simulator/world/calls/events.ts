import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import type { CallLog } from './call-log.ts'
import type { ListView } from './call-views.ts'
import { followersOf } from './followers.ts'
import { legAt } from './legs.ts'
import { partiesOf } from './parties.ts'
import { isBridged, type Moments, momentsOf, type Plan, planCall } from './plan.ts'

// The last type is not documented; live accounts have such types.
const afterwards = [
  undefined,
  { type: 'integration', name: 'salesforce.updated', lod: 3 },
  undefined,
  { type: 'external', name: 'Notiz: Rückruf vereinbart ☎', lod: 1 },
  undefined,
  { type: 'sms', name: 'sent' },
  { type: 'survey', name: 'answered', lod: 2 },
] as const

interface Step {
  readonly row: Row
  readonly at: (moments: Moments, plan: Plan) => number
  readonly happens: (plan: Plan) => boolean
}

/** What happens in a conversation, by slot, in the order of time. */
const steps: readonly Step[] = [
  { row: { type: 'call', name: 'created', lod: 1 }, at: ({ begun }) => begun, happens: () => true },
  {
    row: { type: 'application', name: 'entered', lod: 2 },
    at: ({ begun }) => begun + 800,
    happens: ({ shape }) => shape !== 'dialled' && shape !== 'unreached',
  },
  {
    row: { type: 'queue', name: 'entered', lod: 1 },
    at: ({ begun }, { menuSeconds }) => begun + menuSeconds * 1000,
    happens: ({ queue }) => queue >= 0,
  },
  { row: { type: 'agent', name: 'connected', lod: 1 }, at: ({ bridged }) => bridged, happens: isBridged },
  { row: { type: 'call', name: 'finished', lod: 1 }, at: ({ finished }) => finished, happens: () => true },
  {
    row: {},
    at: ({ settled }) => settled,
    happens: ({ index }) => afterwards[index % afterwards.length] !== undefined,
  },
]

/** The events of all conversations. */
export function eventView(facts: Facts, log: CallLog): ListView {
  const per = steps.length
  const timesOf = (call: number, begun: number) => stepTimes(planCall(facts, call), begun)
  return {
    timeline: followersOf(log, facts.startedAt - facts.days * DAY_MS, { per, timesOf }),
    idOf: ref => idOf(facts.seed, 'conversation_events', ref),
    rowAt: (ref, now) => eventAt(facts, log, ref, now),
  }
}

function stepTimes(plan: Plan, begun: number): readonly (number | undefined)[] {
  const moments = momentsOf(plan, begun)
  return steps.map(step => (step.happens(plan) ? step.at(moments, plan) : undefined))
}

function eventAt(facts: Facts, log: CallLog, ref: number, now: number): Row {
  const slot = ref % steps.length
  const call = (ref - slot) / steps.length
  const plan = planCall(facts, call)
  const begun = log.begins(call) ?? 0
  const { agent, conversationId } = partiesOf(facts, plan)
  return {
    id: idOf(facts.seed, 'conversation_events', ref),
    conversationId,
    ...steps[slot]?.row,
    ...(slot === steps.length - 1 ? afterwards[call % afterwards.length] : {}),
    dateCreated: isoTime(stepTimes(plan, begun)[slot] ?? begun),
    ...(slot === 3 && agent ? { agent } : {}),
    ...(slot === 4 ? { call: legAt(facts, plan, begun, 0, now) } : {}),
  }
}
