import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { between, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import type { World } from '../view.ts'
import { campaignOf, listName } from './outbound.ts'

/** How many campaigns a world starts with: those that dial lists, and one that has none. */
export function campaignsIn(facts: Facts): number {
  return 1 + Math.ceil(facts.sizes.lists / 2)
}

/** What other records say about campaign `index`. */
export function campaignBrief(facts: Facts, index: number): { readonly id: string; readonly name: string } {
  const name = `${['Spring', 'Rückgewinnung', 'Été 2.0'][index % 3]} ${index + 1}`
  return { id: idOf(facts.seed, 'campaigns', index), name }
}

/** The lists that campaign `index` dials, of those that exist now. */
export function listsOf(world: World, index: number): readonly number[] {
  const two = [index * 2, index * 2 + 1]
  return two.filter(list => campaignOf(list) === index && list < world.size('outbound_lists'))
}

/** Campaign `index`; it has no leadList when none of its lists exists. */
export function campaignAt(facts: Facts, index: number, world: World): Row {
  const draw = draws(facts.seed, 'campaign', index)
  const list = listsOf(world, index).at(-1)
  const leadList =
    list === undefined ? undefined : { id: idOf(facts.seed, 'outbound_lists', list), name: listName(list) }
  return {
    ...campaignBrief(facts, index),
    active: index % 3 !== 2,
    displayNumber: '+49305550100',
    testMode: index % 5 === 4,
    ...(leadList ? { leadList } : {}),
    listOrder: pick(draw, ['DOWN', 'UP', 'UP RANK', 'DOWN RANK'] as const),
    callRatio: between(draw, 0, 40) / 10,
  }
}

// When agents log in: every fourth does so twice a day; of every other fourth it is not known when.
const logIns = [['07:00:00'], ['07:00:00', '12:30:00'], ['07:00:00'], ['']] as const

/** How agents have worked in a campaign between two unix times in ms: a row per log-in, every number as text. */
export function statisticsOf(world: World, campaign: number, from: number, end: number): readonly Row[] {
  const to = Math.min(end, world.now())
  const agents = world.facts.staff.slice(0, world.size('agents')).filter((_, at) => (at + campaign) % 3 === 0)
  return agents.flatMap(({ id }, at) =>
    (logIns[at % logIns.length] ?? []).map(login_at => ({
      agent: id,
      login_at,
      pause_in_seconds: secondsOf(world, `pause/${campaign}/${at}/${login_at}`, from, to, 3600),
      wait_in_seconds: secondsOf(world, `wait/${campaign}/${at}/${login_at}`, from, to, 7200),
      talk_in_seconds: secondsOf(world, `talk/${campaign}/${at}/${login_at}`, from, to, 14_400),
    })),
  )
}

/** The dialler's view of a campaign at this moment. */
export function campaignStatus(world: World, campaign: number): Row {
  const draw = draws(world.facts.seed, 'campaign-status', campaign)
  const leads = listsOf(world, campaign).length === 0 ? 0 : between(draw, 1, 400)
  return {
    order: 'DOWN',
    dial_level: between(draw, 0, 30) / 10,
    dial_method: pick(draw, ['RATIO', 'MANUAL', 'ADAPT_TAPERED'] as const),
    statuses: ['NEW', 'B', 'NA'],
    time: isoTime(world.now()),
    campaignLeadStats: { dialable: String(leads), hopper: between(draw, 0, 20), Rückruf: null },
    campaignCallStats: { ringing: between(draw, 0, 4), drop_percent: '1.25' },
    campaignAgentStats: { incall: between(draw, 0, 6), paused: between(draw, 0, 3) },
    trunk: campaign === 0 ? {} : { short: 0, fill: 0 },
  }
}

/** Dialler profile `index`. */
export function dialerBehaviourAt(facts: Facts, index: number): Row {
  const id = idOf(facts.seed, 'dialer_behaviours', index)
  const dialMethod = (['standard', 'manual', 'safety_first'] as const)[index]
  return {
    id,
    name: ['Standard', 'Vorsichtig', 'À la main', 'Neu'][index % 4],
    ...(dialMethod ? { dialMethod } : {}),
  }
}

// Every UTC day has its own amount, and a window gets the part of it that it covers: adjacent windows add up.
function secondsOf({ facts }: World, kind: string, from: number, to: number, most: number): string {
  let seconds = 0
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day++) {
    const part = Math.min(to, (day + 1) * DAY_MS) - Math.max(from, day * DAY_MS)
    seconds += (between(draws(facts.seed, kind, day), 0, most) * part) / DAY_MS
  }
  return String(Math.round(seconds))
}
