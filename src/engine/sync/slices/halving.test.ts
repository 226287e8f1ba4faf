import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../../http/testing.ts'
import { type RouteFacts, UNKNOWN_ROUTE } from '../../evidence/route-facts.ts'
import { createRouteMemories } from '../../evidence/route-memories.ts'
import { createShortages } from '../../evidence/shortages.ts'
import { shareKeys } from '../../records/duplicates.ts'
import { CALLS, createWorld, HOUR, NOW, SECOND } from '../../testing.ts'
import type { Span } from '../../time/spans.ts'
import { createWindows } from '../../time/windows.ts'
import type { StrategyInput } from '../job/job.ts'
import { isHalved, isUnfiltered } from './halving.ts'
import type { SliceEvidence } from './slice.ts'
import { CUT, foundOf, MAYBE_CUT, shortBy } from './slices-testing.ts'

const [ROUTE] = CALLS.routes
const hours = (count: number) => ({ marginMs: count * HOUR })

interface Window {
  readonly ms?: number
  readonly found?: Partial<SliceEvidence>
  /** What is known of its route. */
  readonly facts?: Partial<RouteFacts>
  /** What windows count is known to be none. */
  readonly isRefuted?: boolean
  /** There is no filter by time. */
  readonly isIgnored?: boolean
}

/** A window that was read, and what becomes of it. */
function open({ ms = 8 * HOUR, found = {}, facts = {}, isRefuted = false, isIgnored = false }: Window) {
  const { engine, lines } = createWorld(() => reply(200))
  const window = { from: NOW - ms, to: NOW }
  const routes = createRouteMemories()
  routes.learn(new Map([[ROUTE.path, { ...UNKNOWN_ROUTE, ...facts }]]))
  const keys = shareKeys()
  const counted: object[] = []
  const counts = {
    read: (_: Span, one: object) => counted.push(one),
    halved: (_: Span, halves: readonly Span[]) => counted.push(...halves),
    isRefuted: () => isRefuted,
  }
  const short = { parent: 'p', window, came: 4, claimed: 5, print: '', sinceMs: NOW }
  const shortages = createShortages([short])
  const looked: number[] = []
  const filter = { isIgnored: async (earliestMs: number) => looked.push(NOW - earliestMs) > 0 && isIgnored }
  const halving = {
    input: {
      context: { def: CALLS, engine, routes, keys },
      evidence: { counts, shortages },
    } as unknown as StrategyInput,
    windows: createWindows([], { longestMs: HOUR, target: 100, shortestMs: SECOND }),
    filter,
  }
  const read = { slice: { window, parent: { id: 'p' } }, route: ROUTE, found: foundOf(found) }
  return { halving, read, given: keys.given, counted, looked, shortages, lines }
}

const halved: readonly (Window & { says: string; out: boolean })[] = [
  { says: 'that was whole is not', out: false },
  { says: 'whose list broke off is', found: CUT, out: true },
  { says: 'whose list may have been cut is', found: MAYBE_CUT, out: true },
  { says: 'of two seconds is', ms: 2 * SECOND, found: CUT, out: true },
  { says: 'of a moment less is not', ms: 2 * SECOND - 1, found: CUT, out: false },
  { says: 'of two pages that came short is', found: shortBy(1), facts: { fullest: 5 }, out: true },
  { says: 'that holds more than it counts is not', found: shortBy(-1), out: false },
  { says: 'of one page, as full as any, is', found: shortBy(1, 1), facts: { fullest: 4 }, out: true },
  { says: 'of one page, less full, is not', found: shortBy(1, 1), facts: { fullest: 5 }, out: false },
  { says: 'with nothing in it is not', found: { ...shortBy(1, 1), distinct: 0 }, out: false },
  { says: 'with one record in it may be', found: { ...shortBy(1, 1), distinct: 1 }, out: true },
  { says: 'is not, where counts mean nothing', found: shortBy(1), facts: { surplus: 'all' }, out: false },
  { says: 'is not, once counts turned out so', found: shortBy(1), isRefuted: true, out: false },
  { says: 'is not, where halves are as wide', found: MAYBE_CUT, facts: hours(8), out: false },
  { says: 'is, where they are not', found: MAYBE_CUT, facts: hours(7.9), out: true },
  {
    says: 'cut for sure is not, where halves gain next to nothing',
    ms: HOUR,
    found: CUT,
    facts: hours(16),
    out: false,
  },
  {
    says: 'cut for sure is, where they gain a little',
    ms: HOUR + 1,
    found: CUT,
    facts: hours(16),
    out: true,
  },
  {
    says: 'that came short is so too',
    ms: HOUR + 1,
    found: shortBy(1),
    facts: hours(16),
    out: true,
  },
]

for (const { says, out, ...window } of halved)
  test(`of windows one ${says} returned in halves`, () => {
    const { halving, read, given, counted, shortages, lines } = open(window)
    assert.equal(isHalved(halving, read), out)
    assert.deepEqual(given, out ? [read.found.given] : [], 'what it gave is known when its halves come')
    assert.equal(shortages.list().length, out ? 0 : 1, 'what it lacked is looked for in its halves')
    assert.equal(counted.length, out ? 3 : 1, 'the counts of its halves are held against its own')
    assert.equal(lines.length, window.isRefuted === true ? 1 : 0, 'it is said that counts are ignored')
  })

test('it is said once that counts are ignored', () => {
  const { halving, read, lines } = open({ found: shortBy(1), isRefuted: true })
  for (const _ of [1, 2]) isHalved(halving, read)
  assert.deepEqual(lines, [
    'INFO calls: what the API counts is not what a window holds, so its counts are ignored.',
  ])
})

const owns: readonly { says: string; found: Partial<SliceEvidence>; came: number; claim: number }[] = [
  { says: 'all of it, where nothing is shared', found: { distinct: 8, claim: 10 }, came: 8, claim: 10 },
  { says: 'what came, where there is no count', found: { distinct: 8 }, came: 8, claim: 8 },
  {
    says: 'without what it shares, nor that part of what is missing',
    found: { distinct: 8, beside: 6, claim: 12 },
    came: 2,
    claim: 3,
  },
  { says: 'so too where one is missing', found: { distinct: 8, beside: 6, claim: 9 }, came: 2, claim: 2 },
  { says: 'and where all is shared', found: { distinct: 1, beside: 1, claim: 3 }, came: 0, claim: 0 },
  { says: 'all that is missing, where nothing came', found: { distinct: 0, claim: 10 }, came: 0, claim: 10 },
  { says: 'less, where that is its count', found: { distinct: 8, beside: 6, claim: 7 }, came: 2, claim: 1 },
]

for (const { says, found, came, claim } of owns)
  test(`a window counts for itself ${says}`, () => {
    const { halving, read, counted } = open({ found })
    isHalved(halving, read)
    assert.deepEqual(counted, [{ came, claim }])
  })

const looks: readonly (Window & { says: string; looked: boolean })[] = [
  { says: 'not into a window that was whole', facts: hours(1), looked: false },
  { says: 'not where windows are asked for as wide as they are', found: CUT, looked: false },
  {
    says: 'not where no record has a time',
    found: { ...CUT, newestMs: undefined },
    facts: hours(1),
    looked: false,
  },
  { says: 'into a window whose list broke off', found: CUT, facts: hours(1), looked: true },
  { says: 'into a window whose list may have been cut', found: MAYBE_CUT, facts: hours(1), looked: true },
  { says: 'into a window that came short', found: shortBy(1), facts: hours(1), looked: true },
  {
    says: 'into a window shorter than what it is asked for wider',
    ms: HOUR - 1,
    facts: hours(1),
    looked: true,
  },
  { says: 'not into one as long as that', ms: HOUR, facts: hours(1), looked: false },
]

for (const { says, looked, ms = 8 * HOUR, ...window } of looks)
  for (const isIgnored of [true, false])
    test(`whether there is no filter is looked into ${says} (${isIgnored ? 'none' : 'one'})`, async () => {
      const opened = open({ ms, isIgnored, ...window })
      const { halving, read, given } = opened
      assert.equal(await isUnfiltered(halving, read), looked && isIgnored)
      assert.deepEqual(opened.looked, looked ? [ms + HOUR] : [], 'before all that it was asked for')
      assert.deepEqual(
        given,
        looked && isIgnored ? [read.found.given] : [],
        'its records are known when all come',
      )
    })
