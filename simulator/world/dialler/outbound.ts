import { daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { personName, phoneNumber } from '../ground/names.ts'
import { between, chance, type Draw, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'

const statuses = [
  'new',
  'new',
  'pending',
  'pending',
  'no_answer_auto',
  'busy_auto',
  'answering_machine',
  'callback',
  'callback_hold',
  'not_interested',
  'sale',
  'do_not_call',
  'disconnected_number',
  'dispo',
] as const
const fresh: ReadonlySet<string> = new Set(['new', 'pending'])

/** How many leads list `index` starts with: none, one, then as many as the world was given. */
export function leadsIn(facts: Facts, list: number): number {
  return list < 2 ? list : facts.sizes.leads
}

/** List `index`, which now holds `count` leads. Every third one belongs to no campaign. */
export function listAt(facts: Facts, index: number, count: number): Row {
  return {
    id: idOf(facts.seed, 'outbound_lists', index),
    name: listName(index),
    count,
    ...campaignIdOf(facts, index),
  }
}

/** The name of list `index`. */
export function listName(index: number): string {
  return `${['Frühling', 'Win-back', 'Été', 'Renewals'][index % 4]} ${index + 1}`
}

/** The number of the campaign that dials a list, if one does; two lists share one. */
export function campaignOf(list: number): number | undefined {
  return list % 3 === 2 ? undefined : Math.floor(list / 2)
}

function campaignIdOf(facts: Facts, list: number): Row {
  const campaign = campaignOf(list)
  return campaign === undefined ? {} : { campaignId: idOf(facts.seed, 'campaigns', campaign) }
}

/** The kind that a list's leads take their ids from. */
export function leadKind(list: number): string {
  return `leads/${list}`
}

/** Lead `index` of a list. Leads that nobody has called yet lack dateCalled; most have no callback. */
export function leadAt(facts: Facts, list: number, index: number): Row {
  const draw = draws(facts.seed, leadKind(list), index)
  const status = pick(draw, statuses)
  const created = daysAgo(facts, between(draw, 2, 200))
  return {
    id: idOf(facts.seed, leadKind(list), index),
    ...(chance(draw, 0.8) ? { uid: `crm-${list}-${index}` } : {}),
    listId: idOf(facts.seed, 'outbound_lists', list),
    ...campaignIdOf(facts, list),
    ...numbersOf(draw),
    status,
    rank: between(draw, -5, 100),
    ...attemptsOf(draw, fresh.has(status), created, facts.startedAt),
    dateCreated: isoTime(created),
    data: dataOf(draw),
    callback:
      status === 'callback' ? { at: isoTime(facts.startedAt + DAY_MS), note: 'Rückruf erbeten' } : null,
  }
}

function numbersOf(draw: Draw): Row {
  return {
    number: phoneNumber(draw),
    ...(chance(draw, 0.4) ? { number2: phoneNumber(draw) } : {}),
    ...(chance(draw, 0.1) ? { number3: phoneNumber(draw) } : {}),
    ...(chance(draw, 0.2) ? { callerId: '+49305550100' } : {}),
  }
}

function attemptsOf(draw: Draw, untouched: boolean, created: number, now: number): Row {
  if (untouched) return { callCount: 0, duration: 0, calledSinceReset: false, lastUpdated: isoTime(created) }
  const called = isoTime(created + Math.floor(draw() * (now - created)))
  const callCount = between(draw, 1, 9)
  return {
    callCount,
    duration: callCount * 17,
    calledSinceReset: true,
    lastUpdated: called,
    dateCalled: called,
  }
}

function dataOf(draw: Draw): Row {
  return {
    name: personName(draw),
    segment: pick(draw, ['A', 'B', 'C'] as const),
    balance: between(draw, -5_000, 90_000) / 100,
    ...(chance(draw, 0.2)
      ? { note: 'naïve façade — „Straße“ 🚀', consent: { sms: chance(draw, 0.5), mail: null } }
      : {}),
  }
}
