import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN_ROUTE } from '../../evidence/route-facts.ts'
import { NOTHING_READ, type Progress } from '../../state/progress.ts'
import { DAY, HOUR, MINUTE, NOW } from '../../testing.ts'
import { createFrontier } from '../../time/frontier.ts'
import { createTracker } from './tracker.ts'

const span = (from: number, to: number) => ({ from: NOW + from * DAY, to: NOW + to * DAY })
const A = { parent: { id: 'a' } }
const B = { parent: { id: 'b' } }
const SHORT = { came: 1, claimed: 2, print: 'p', sinceMs: NOW }

interface Tracking {
  readonly before?: Progress
  readonly isFullRefresh?: boolean
  readonly lastMs?: number
  readonly known?: Partial<Progress>
  readonly tailMs?: number
}

function track(tracking: Tracking = {}) {
  const { before = NOTHING_READ, isFullRefresh = false, lastMs = NOW, known = {}, tailMs = DAY } = tracking
  const told: Progress[] = []
  const tracker = createTracker({
    before,
    isFullRefresh,
    tailMs,
    frontier: createFrontier(tailMs),
    lastMs,
    beganMs: NOW,
    onProgress: progress => told.push(progress),
    known: () => known,
  })
  return { tracker, told, last: () => told.at(-1) ?? assert.fail('nothing was told') }
}

test('each span that was received is told at once, as far as it is over', () => {
  const { tracker, told } = track()
  tracker.receive({}, span(-90, -60), NOW)
  tracker.receive({}, span(-60, -40), NOW)
  assert.deepEqual(
    told.map(({ closed }) => closed),
    [[span(-90, -60)], [span(-90, -40)]],
  )
  assert.deepEqual(
    [told[1]?.readToMs, told[1]?.readAtMs, told[1]?.cursorMs],
    [NOW - 40 * DAY, NOW, NOW - 40 * DAY],
  )
})

test('nothing of a span is closed that is not over', () => {
  const { tracker, last } = track()
  tracker.receive({}, span(-1, 0), NOW - 2 * DAY)
  assert.deepEqual([last().closed, last().cursorMs], [[], undefined])
})

test('how old time without records is, the clock of the API decides, also where ours was 33 days ahead when the sync began', () => {
  const { tracker, last } = track()
  tracker.receive({}, span(-90, -40), NOW - 33 * DAY)
  assert.deepEqual(last().closed, [span(-90, -62)])
})

test('a span up to the last moment that is read holds that moment too', () => {
  const endMs = NOW - 50 * DAY
  const { tracker, last } = track({ lastMs: endMs })
  tracker.receive({}, { from: NOW - 60 * DAY, to: endMs }, NOW)
  assert.deepEqual(last().closed, [{ from: NOW - 60 * DAY, to: endMs + 1 }])
})

test('when all was read is the earliest date of the answers, in whole minutes, and never after the sync began', () => {
  for (const [dates, at] of [
    [[NOW + HOUR], NOW],
    [[NOW - 90_000, NOW], NOW - 2 * MINUTE],
  ] as const) {
    const { tracker, last } = track()
    for (const [index, date] of dates.entries()) tracker.receive({}, span(-90 + index, -89 + index), date)
    assert.equal(last().readAtMs, at)
  }
})

test('partitions are told apart, each with what was received of it; at the end all share what they have in common', () => {
  const { tracker, last } = track()
  tracker.partition([A, B], true)
  tracker.receive(A, span(-90, -60), NOW)
  assert.deepEqual(last().parents?.get('a'), {
    closed: [span(-90, -60)],
    readToMs: NOW - 60 * DAY,
    readAtMs: NOW,
  })
  assert.equal(last().parents?.has('b'), false)
  tracker.receive(B, span(-90, -60), NOW - 90_000)
  tracker.finish(true)
  assert.deepEqual(
    [...(last().parents ?? [])],
    [
      ['a', 'all'],
      ['b', 'all'],
    ],
  )
  assert.deepEqual([last().closed, last().readAtMs], [[span(-90, -60)], NOW - 2 * MINUTE])
})

test('what is covered of a partition is taken as it is', () => {
  const { tracker, last } = track()
  tracker.partition([A], true)
  const coverage = { closed: [span(-9, -8)], valuedToMs: NOW }
  tracker.cover(A, coverage)
  assert.deepEqual([tracker.coverageOf(A), last().parents?.get('a')], [coverage, coverage])
})

test('what is known of routes, what is short and what was noted is told with it', () => {
  const routes = new Map([['/a', { ...UNKNOWN_ROUTE, fullest: 9 }]])
  const { tracker, last } = track({ known: { routes, shortages: [SHORT] } })
  tracker.note({ hadParents: true })
  tracker.note({ parentlessMs: NOW, parentShortages: [{ ...SHORT, of: 'agents' }] })
  tracker.receive({}, span(-90, -60), NOW)
  const { hadParents, parentlessMs, shortages, routes: told } = last()
  assert.deepEqual([hadParents, parentlessMs, told], [true, NOW, routes])
  assert.deepEqual(shortages, [SHORT, { ...SHORT, of: 'agents' }])
})

test('what a state noted is not noted again by itself', () => {
  const before: Progress = {
    ...NOTHING_READ,
    hadParents: true,
    parentlessMs: NOW - DAY,
    cursorMs: NOW - 9 * DAY,
  }
  const { tracker, last } = track({ before })
  tracker.receive({}, span(-90, -60), NOW)
  assert.deepEqual(
    [last().hadParents, last().parentlessMs, last().cursorMs],
    [undefined, undefined, NOW - 9 * DAY],
  )
})

const ends: readonly {
  says: string
  work?: (tracker: ReturnType<typeof track>['tracker']) => void
  known?: Partial<Progress>
  isWhole: boolean
  told: number
}[] = [
  { says: 'that was whole is told', isWhole: true, told: 1 },
  { says: 'of which nothing came is not', isWhole: false, told: 0 },
  {
    says: 'of which something was received is told',
    work: tracker => tracker.receive({}, span(-90, -60), NOW),
    isWhole: false,
    told: 2,
  },
  {
    says: 'of which something is covered is told',
    work: tracker => tracker.cover({}, { closed: [] }),
    isWhole: false,
    told: 2,
  },
  {
    says: 'of which something was noted is told',
    work: tracker => tracker.note({ hadParents: true }),
    isWhole: false,
    told: 1,
  },
  { says: 'that is short is told', known: { shortages: [SHORT] }, isWhole: false, told: 1 },
  { says: 'that is short nowhere is not', known: { shortages: [] }, isWhole: false, told: 0 },
]

for (const { says, work, known = {}, isWhole, told: count } of ends) {
  test(`the end of a stream ${says}`, () => {
    const { tracker, told } = track({ known })
    work?.(tracker)
    tracker.finish(isWhole)
    assert.equal(told.length, count)
  })
}

test('only a full refresh that was whole is finished', () => {
  for (const [isFullRefresh, isWhole, finished] of [
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ]) {
    const { tracker, last } = track({ isFullRefresh: isFullRefresh === true })
    tracker.receive({}, span(-90, -60), NOW)
    assert.equal(last().finished, false)
    tracker.cover({}, { closed: [span(-90, -60)] })
    assert.equal(last().finished, false)
    tracker.finish(isWhole === true)
    assert.equal(last().finished, finished)
  }
})

test('the tail of what was closed before is owed until it was read', () => {
  const before: Progress = { ...NOTHING_READ, closed: [span(-90, -60)], readToMs: NOW - 60 * DAY }
  const { tracker, last } = track({ before })
  tracker.receive({}, span(-60, -50), NOW)
  assert.deepEqual([last().closed, last().readAtMs], [[span(-90, -60), span(-60, -50)], undefined])
  tracker.receive({}, span(-61, -60), NOW)
  assert.deepEqual([last().closed, last().readAtMs], [[span(-90, -50)], NOW])
})
