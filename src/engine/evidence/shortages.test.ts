import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectorError } from '../../errors.ts'
import { type RouteMemory, rememberRoute } from './route-facts.ts'
import { createShortages, type Shortage } from './shortages.ts'
import type { Unfit } from './unfit.ts'
import type { Walk } from './walk.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-01-31T12:00:00Z')
const WINDOW = { from: 1, to: 2 }
const WALK: Walk = {
  end: 'short',
  pages: 1,
  came: 2,
  isLastFull: false,
  size: 10,
  claim: 3,
  pagesClaimed: 1,
  grew: false,
  shrank: false,
  dateMs: undefined,
}

interface Found {
  readonly keys?: readonly string[]
  readonly claim?: number
  readonly agoMs?: number
  readonly parent?: string
  readonly window?: typeof WINDOW | undefined
  readonly again?: 'no' | 'stable' | 'count grows'
  readonly isLastFull?: boolean
  readonly route?: RouteMemory
  readonly unfit?: Unfit
}

/** A slice that came short, as it was found so many milliseconds ago. */
function shortOf(found: Found = {}) {
  const { keys = ['a', 'b'], claim = 3, agoMs = 0, parent, again = 'stable', isLastFull = false } = found
  const { route = rememberRoute(), window, unfit } = { window: WINDOW, ...found }
  return {
    stream: 'calls',
    slice: window === undefined ? {} : { window },
    parent,
    walk: { ...WALK, claim, isLastFull },
    distinct: keys.length,
    keys: new Set(keys),
    again,
    route,
    nowMs: NOW - agoMs,
    ...(unfit === undefined ? {} : { unfit }),
  }
}

/** How a slice is judged that was found short before, and is again. */
function judged(before: Found, now: Found = {}) {
  const warnings: string[] = []
  const shortages = createShortages([], text => warnings.push(text))
  shortages.judge(shortOf(before))
  const known = shortages.list()
  const later = createShortages(known, text => warnings.push(text))
  const verdict = later.judge(shortOf(now))
  return { verdict, warnings, left: later.list() }
}

test('a slice that is short for the first time stays open, and is kept as it was found', () => {
  const shortages = createShortages()
  const verdict = shortages.judge(shortOf({ parent: 'p' }))
  assert.ok(!verdict.received)
  assert.deepEqual([verdict.because, verdict.error.failure], ['short', 'transient_error'])
  assert.match(
    verdict.error.message,
    /^Stream calls is not whole: in one part the API counts 3 records and gave 2 in two/,
  )
  const [{ print, ...kept }] = shortages.list() as [Shortage]
  assert.deepEqual(kept, { parent: 'p', window: WINDOW, came: 2, claimed: 3, sinceMs: NOW })
  assert.match(print, /^[\w+/]{16}$/)
})

const rows: readonly { says: string; before: Found; now?: Found; received: boolean }[] = [
  { says: 'found so again an hour later', before: { agoMs: HOUR }, received: true },
  { says: 'found so again sooner', before: { agoMs: HOUR - 1 }, received: false },
  { says: 'whose records come in another order', before: { agoMs: HOUR, keys: ['b', 'a'] }, received: true },
  { says: 'of which one record is another', before: { agoMs: HOUR, keys: ['a', 'c'] }, received: false },
  {
    says: 'whose keys are others, though one after another they spell the same',
    before: { agoMs: HOUR, keys: ['ab', 'c'] },
    now: { keys: ['a', 'bc'] },
    received: false,
  },
  { says: 'that has a record more', before: { agoMs: HOUR, keys: ['a'], claim: 2 }, received: false },
  { says: 'whose count is another', before: { agoMs: HOUR, claim: 9 }, received: true },
  { says: 'of another parent', before: { agoMs: HOUR, parent: 'p' }, received: false },
  { says: 'of another window', before: { agoMs: HOUR, window: { from: 1, to: 3 } }, received: false },
  { says: 'whose last page was full', before: { agoMs: HOUR }, now: { isLastFull: true }, received: false },
  { says: 'whose readings differ', before: { agoMs: HOUR }, now: { again: 'no' }, received: false },
  {
    says: 'whose last page was full, though its count grows while nothing comes',
    before: { agoMs: HOUR },
    now: { isLastFull: true, again: 'count grows' },
    received: true,
  },
  {
    says: 'without a window, grown and short by as many',
    before: { agoMs: HOUR, keys: ['a'], claim: 2, window: undefined },
    now: { window: undefined },
    received: true,
  },
  ...[
    { says: 'an hour later', received: true },
    { says: 'sooner', agoMs: HOUR - 1, received: false },
    { says: 'with its count nearer to it', claim: 200, received: false },
    { says: 'of a window', window: WINDOW, received: false },
  ].map(({ says, received, ...before }) => ({
    says: `whose count grows while nothing comes, and whose records are others ${says}`,
    before: { agoMs: HOUR, keys: ['a', 'c'], claim: 90, window: undefined, ...before },
    now: { window: before.window, claim: 99, again: 'count grows' } as const,
    received,
  })),
]

for (const { says, before, now, received } of rows) {
  test(`a slice ${says} is ${received ? 'taken for received' : 'open'}`, () => {
    assert.equal(judged(before, now).verdict.received, received)
  })
}

test('what is taken for received is said, forgotten, and known of its route', () => {
  const route = rememberRoute()
  const { verdict, warnings, left } = judged({ agoMs: HOUR }, { route })
  assert.deepEqual(verdict, { received: true, because: 'found so again' })
  assert.deepEqual(warnings, [
    'calls: the API counts 3 records in one part, and gave the same 2 in readings at least an hour apart. They are taken for ' +
      'all there are; its counts are trusted less from now on.',
  ])
  assert.deepEqual([left, route.facts().surplus], [[], 1])
})

const fullRows = [
  { says: 'first', agoMs: HOUR - 1, failure: 'transient_error', now: 'so that its end was not seen' },
  { says: 'for an hour', agoMs: HOUR, failure: 'system_error', now: 'as it was at least an hour ago' },
]

for (const { says, agoMs, failure, now } of fullRows)
  test(`of a list whose last page is full, and which is found short ${says}, nobody says that it will be believed`, () => {
    const { verdict } = judged({ agoMs, isLastFull: true }, { isLastFull: true })
    const { error } = verdict as { error: ConnectorError }
    assert.equal(error.failure, failure)
    assert.match(error.message, new RegExp(`counts 3 records and gave 2 .* Its last page is full, ${now}`))
    assert.doesNotMatch(error.message, /taken for all/)
  })

const unfitKinds: readonly { says: string; unfit: Unfit; first: string; later: string }[] = [
  {
    says: 'records without a key',
    unfit: { count: 2, why: 'no key' },
    first:
      'Stream calls is not whole: 2 records of one part came without a key that can be used. That part stays open, and the next ' +
      'sync reads it again. If nothing has changed an hour from now, the API is taken to have no keys for them.',
    later:
      'calls: 2 records of one part came without a key that can be used, as at least an hour ago. They are left out for good.',
  },
  {
    says: 'a record with another id',
    unfit: { count: 1, why: 'another id' },
    first:
      'Stream calls is not whole: 1 record of one part came with another id than the one that was asked for. That part stays open, ' +
      'and the next sync reads it again. If nothing has changed an hour from now, the API is taken to have nothing else for it.',
    later:
      'calls: 1 record of one part came with another id than the one that was asked for, as at least an hour ago. Nothing else ' +
      'is expected for it.',
  },
]

for (const { says, unfit: some, first, later } of unfitKinds) {
  test(`a slice with ${says} says what will be believed of it, and then that it is`, () => {
    const verdict = createShortages().judge(shortOf({ unfit: some }))
    assert.ok(!verdict.received)
    assert.deepEqual(
      [verdict.because, verdict.error.failure, verdict.error.message],
      ['short', 'transient_error', first],
    )
    const again = judged({ unfit: some, agoMs: HOUR }, { unfit: some, isLastFull: true })
    assert.deepEqual([again.verdict.received, again.warnings, again.left], [true, [later], []])
  })

  test(`${says} of a slice that is read whole each time: once believed, for as long as there are no more`, () => {
    const found = (claim: number): Found => ({ unfit: some, claim, window: undefined })
    const { verdict, left } = judged({ ...found(3), agoMs: HOUR }, found(3))
    assert.deepEqual([verdict.received, left.map(({ sinceMs }) => NOW - sinceMs)], [true, [HOUR]])
    const judge = (claim: number) =>
      createShortages(left).judge(shortOf({ ...found(claim), keys: ['z', 'y'] }))
    assert.deepEqual([judge(3).received, judge(4).received], [true, false])
  })
}

test('a count that grows while nothing comes is known to be none', () => {
  const route = rememberRoute()
  const { warnings } = judged({ agoMs: HOUR }, { route, again: 'count grows' })
  assert.match(
    warnings.join(),
    /counts 3 records in one part, and gave 2, and its count grows while no record/,
  )
  assert.equal(route.facts().surplus, 'all')
})

test('since when it is short is kept as long as it stays the same, and no longer', () => {
  const since = (before: Found) => judged(before).left.map(({ sinceMs }) => NOW - sinceMs)
  assert.deepEqual(since({ agoMs: HOUR / 2 }), [HOUR / 2])
  assert.deepEqual(since({ agoMs: HOUR / 2, keys: ['z'] }), [0])
  assert.deepEqual(since({ agoMs: -HOUR }), [0], 'a clock that was ahead counts from now')
})

test('a slice that was received is forgotten, and no other', () => {
  const shortages = createShortages()
  for (const parent of ['p', 'q']) shortages.judge(shortOf({ parent }))
  shortages.forget('p', WINDOW)
  shortages.forget('q', { from: 1, to: 3 })
  assert.deepEqual(
    shortages.list().map(({ parent }) => parent),
    ['q'],
  )
})

test('the windows of a parent are told, to be asked for as they were', () => {
  const shortages = createShortages()
  for (const found of [{ parent: 'p' }, { parent: 'p', window: undefined }, { parent: 'q' }, {}])
    shortages.judge(shortOf(found))
  assert.deepEqual(shortages.windowsOf('p'), [WINDOW])
  assert.deepEqual(shortages.windowsOf(undefined), [WINDOW])
  assert.deepEqual(shortages.windowsOf('r'), [])
})

test('a thousand are kept; the others are open all the same, and those that are kept are kept up to date', () => {
  const shortages = createShortages()
  for (let index = 0; index < 1000; index++)
    shortages.judge(shortOf({ parent: `p${index}`, agoMs: HOUR / 2 }))
  assert.equal(shortages.judge(shortOf({ parent: 'more' })).received, false)
  shortages.judge(shortOf({ parent: 'p7', keys: ['z'] }))
  const list = shortages.list()
  assert.equal(list.length, 1000)
  assert.equal(
    list.some(({ parent }) => parent === 'more'),
    false,
  )
  assert.equal(list.find(({ parent }) => parent === 'p7')?.came, 1)
})

// Bug: a stream of which more than a thousand parts had records without a key was INCOMPLETE for ever.
const keyless = { count: 1, why: 'no key' } as const
const beyond: readonly { says: string; agoMs: number; more?: Found; received: boolean }[] = [
  { says: 'for an hour is believed at once', agoMs: HOUR, received: true },
  { says: 'for less than an hour is open', agoMs: HOUR - 1, received: false },
  { says: 'is open where it is short of its count', agoMs: HOUR, more: {}, received: false },
  {
    says: 'is open where it has a window',
    agoMs: HOUR,
    more: { unfit: keyless, window: WINDOW },
    received: false,
  },
]
for (const { says, agoMs, more = { unfit: keyless }, received } of beyond)
  test(`a part with unfit records beside a thousand that have had them ${says}`, () => {
    const shortages = createShortages()
    const found = (index: number) => ({ parent: `p${index}`, unfit: keyless, window: undefined, agoMs })
    for (let index = 0; index < 1000; index++) shortages.judge(shortOf(found(index)))
    const verdict = shortages.judge(shortOf({ window: undefined, ...more, parent: 'q' }))
    assert.equal(verdict.received, received)
  })
