import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { chance, draws, pick } from '../ground/random.ts'
import { joinRows, type Row, type Rows } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'
import { indexInRegister } from '../lookups.ts'
import type { World } from '../view.ts'
import { campaignBrief, listsOf } from './campaigns.ts'
import { leadsNow, leadsOf } from './leads.ts'
import { campaignOf, leadAt, listName } from './outbound.ts'

// A lead is called fewer than 16 times, so an attempt's number is its lead's times 16, plus its own.
const PER_LEAD = 16
const inVain = ['no_answer_auto', 'busy_auto', 'answering_machine_auto', 'dropped'] as const
const settled: ReadonlySet<unknown> = new Set([
  'sale',
  'not_interested',
  'do_not_call',
  'disconnected_number',
])
const unanswered = /new|pending|auto|busy|machine|disconnected/

/** What is known about a list's leads as far as they have been looked at: lead numbers in rising order. */
interface Seen {
  leads: number
  readonly attempts: number[]
  readonly processed: number[]
}

const seen = new WeakMap<Facts, Map<number, Seen>>()

/** Every call the dialler tried: newest list first, within a list by lead. */
export function allAttempts(world: World): Rows {
  return overLists(world, list => {
    const { attempts } = seenOf(world.facts, list, leadsNow(world, list))
    const count = countBelow(attempts, leadsNow(world, list) * PER_LEAD)
    return { count, at: place => attemptAt(world.facts, list, attempts[count - 1 - place] ?? 0) }
  })
}

/** The leads, of all lists, that the dialler is done with. */
export function processedLeads(world: World): Rows {
  return overLists(world, list => {
    const { processed } = seenOf(world.facts, list, leadsNow(world, list))
    const count = countBelow(processed, leadsNow(world, list))
    return { count, at: place => leadAt(world.facts, list, processed[count - 1 - place] ?? 0) }
  })
}

/** The leads of a campaign's lists; undefined when that campaign does not exist. */
export function leadsOfCampaign(world: World, campaignId: string): Rows | undefined {
  const campaign = indexInRegister(world, 'campaigns', campaignId)
  if (campaign === undefined) return undefined
  return joinRows(listsOf(world, campaign).map(list => leadsOf(world, list)))
}

function overLists(world: World, rowsOf: (list: number) => Rows): Rows {
  const lists = Array.from({ length: world.size('outbound_lists') }, (_, list) => list)
  return joinRows(lists.reverse().map(rowsOf))
}

// How often a lead was called is part of the lead, so leads have to be made to find out; once is enough.
function seenOf(facts: Facts, list: number, upTo: number): Seen {
  const lists = seen.get(facts) ?? new Map<number, Seen>()
  seen.set(facts, lists)
  const known = lists.get(list) ?? { leads: 0, attempts: [], processed: [] }
  lists.set(list, known)
  for (; known.leads < upTo; known.leads++) {
    const { callCount, status } = leadAt(facts, list, known.leads)
    for (let try_ = 0; try_ < Number(callCount); try_++) known.attempts.push(known.leads * PER_LEAD + try_)
    if (settled.has(status)) known.processed.push(known.leads)
  }
  return known
}

function countBelow(rising: readonly number[], limit: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rising[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

function attemptAt(facts: Facts, list: number, ref: number): Row {
  const lead = leadAt(facts, list, Math.floor(ref / PER_LEAD))
  const campaign = campaignOf(list)
  return {
    id: idOf(facts.seed, `attempts/${list}`, ref),
    number: lead['number'],
    list: { id: lead['listId'], name: listName(list) },
    campaign: campaign === undefined ? null : campaignBrief(facts, campaign),
    lead: { id: lead['id'], ...('uid' in lead ? { uid: lead['uid'] } : {}) },
    ...outcomeOf(facts, list, ref, lead),
  }
}

function outcomeOf(facts: Facts, list: number, ref: number, lead: Row): Row {
  const draw = draws(facts.seed, `attempt/${list}`, ref)
  const callCount = (ref % PER_LEAD) + 1
  const last = callCount === lead['callCount']
  const status = last ? String(lead['status']) : pick(draw, inVain)
  const spoke = !unanswered.test(status) && status !== 'dropped'
  const time = timeOf(lead, callCount)
  return {
    status,
    duration: spoke ? 17 * callCount : 0,
    callCount,
    calledSinceReset: last,
    agent: spoke ? (facts.staff[Math.floor(draw() * facts.staff.length)] ?? null) : null,
    dateCreated: time,
    ...(chance(draw, 0.9) ? { lastUpdated: time } : {}),
    ...(chance(draw, 0.9) ? { dateCalled: time } : {}),
  }
}

function timeOf(lead: Row, callCount: number): string {
  const from = Date.parse(String(lead['dateCreated']))
  const to = Date.parse(String(lead['dateCalled']))
  return isoTime(Math.floor(from + ((to - from) * callCount) / Number(lead['callCount'])))
}
