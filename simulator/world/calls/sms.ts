import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { between, chance, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import type { CallLog } from './call-log.ts'
import type { ListView } from './call-views.ts'
import { followersOf } from './followers.ts'
import { type Parties, partiesOf } from './parties.ts'
import { momentsOf, planCall } from './plan.ts'

const MINUTE_MS = 60_000
const sent = [
  'Ihr Anliegen ist bei uns eingegangen. Vielen Dank! – Ihr Team',
  'Merci de votre appel. Répondez STOP pour ne plus recevoir de messages.',
  'お電話ありがとうございました 🙏',
] as const
const received = ['STOP', 'Danke, passt 👍', 'Bitte um Rückruf ab 17:00', ''] as const

/** Text messages: one after every sixth call whose number is known, and a reply to every third of those. */
export function smsView(facts: Facts, log: CallLog): ListView {
  return {
    timeline: followersOf(log, facts.startedAt - facts.days * DAY_MS, {
      per: 2,
      timesOf: (call, begun) => timesOf(facts, call, begun),
    }),
    idOf: ref => idOf(facts.seed, 'sms', ref),
    rowAt: ref => smsAt(facts, ref, log.begins(ref >> 1) ?? 0),
  }
}

function timesOf(facts: Facts, call: number, begun: number): readonly (number | undefined)[] {
  if (call % 6 !== 1) return []
  const plan = planCall(facts, call)
  if (partiesOf(facts, plan).anonymous) return []
  const out = momentsOf(plan, begun).finished + MINUTE_MS
  return [
    out,
    call % 18 === 1 ? out + between(draws(facts.seed, 'reply', call), 1, 600) * MINUTE_MS : undefined,
  ]
}

function smsAt(facts: Facts, ref: number, begun: number): Row {
  const call = ref >> 1
  const parties = partiesOf(facts, planCall(facts, call))
  return {
    id: idOf(facts.seed, 'sms', ref),
    conversationId: parties.conversationId,
    dateCreated: isoTime(timesOf(facts, call, begun)[ref % 2] ?? begun),
    ...(ref % 2 === 0 ? outboundOf(facts, call, parties) : inboundOf(facts, call, parties)),
  }
}

function outboundOf(facts: Facts, call: number, { agent, service, customer }: Parties): Row {
  const draw = draws(facts.seed, 'sms', call)
  return {
    type: 'outbound',
    from: service,
    to: customer,
    state: pick(draw, ['sent', 'sent', 'sent', 'sent', 'queued', 'failed', 'validation_failed'] as const),
    source: pick(draw, ['action', 'api'] as const),
    ...(chance(draw, 0.9) ? { text: pick(draw, sent) } : {}),
    ...(agent && chance(draw, 0.5) ? { agentId: agent.id } : {}),
  }
}

function inboundOf(facts: Facts, call: number, { service, customer }: Parties): Row {
  const text = pick(draws(facts.seed, 'sms-reply', call), received)
  return { type: 'inbound', from: customer, to: service, state: 'received', source: 'inbound', text }
}
