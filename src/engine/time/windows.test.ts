import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { holes, join, type Span } from './spans.ts'
import { createWindows } from './windows.ts'

const SECOND = 1000
const TARGET = 100
const year: Span = { from: 0, to: 365 * 86_400 * SECOND }
const make = (spans: readonly Span[], longestMs = year.to) =>
  createWindows(spans, { longestMs, target: TARGET })
const lengthOf = (window: Span | undefined) => (window === undefined ? undefined : window.to - window.from)

/** Whether taking is answered within a few turns. */
async function isWaiting(taking: Promise<unknown>): Promise<boolean> {
  let answered = false
  void taking.then(() => {
    answered = true
  })
  for (let turn = 0; turn < 3; turn++) await nextTurn()
  return !answered
}

const spans = fc
  .array(fc.tuple(fc.nat(200_000), fc.integer({ min: 1, max: 40_000 })), { maxLength: 4 })
  .map(some => some.reduce<Span[]>((all, [from, length]) => join(all, { from, to: from + length }), []))
const answers = fc.infiniteStream(fc.oneof(fc.nat(50), fc.nat(1000), fc.constant(1_000_000)))

test('whatever the windows hold, and however many are out at once, all is covered without gap or overlap', async () => {
  await fc.assert(
    fc.asyncProperty(spans, answers, fc.integer({ min: 1, max: 4 }), async (some, rows, width) => {
      const windows = make(some, 60 * SECOND)
      const kept: Span[] = []
      const work = async () => {
        for (let window = await windows.take(); window !== undefined; window = await windows.take()) {
          if (kept.length % 2 === 0) await nextTurn()
          if (!windows.weigh(window, rows.next().value)) kept.push(window)
          windows.done(window)
        }
      }
      await Promise.all(Array.from({ length: width }, work))
      const inOrder = kept.toSorted((a, b) => a.from - b.from)
      assert.ok(inOrder.every(({ from }, index) => index === 0 || from >= (inOrder[index - 1]?.to ?? 0)))
      assert.deepEqual(inOrder.reduce<Span[]>(join, []), some)
    }),
    { numRuns: 200 },
  )
})

test('windows come oldest first, and do not reach beyond the span they are cut from', async () => {
  const windows = make(
    [
      { from: 0, to: 2500 },
      { from: 9000, to: 9500 },
    ],
    SECOND,
  )
  const taken: Span[] = []
  for (let window = await windows.take(); window !== undefined; window = await windows.take()) {
    taken.push(window)
    assert.equal(windows.weigh(window, TARGET), false)
    windows.done(window)
  }
  assert.deepEqual(taken, [
    { from: 0, to: 1000 },
    { from: 1000, to: 2000 },
    { from: 2000, to: 2500 },
    { from: 9000, to: 9500 },
  ])
  assert.deepEqual(holes(taken, { from: 0, to: 2500 }), [])
})

test('the second window waits until the first is weighed, and is as long as that one teaches', async () => {
  const windows = make([year], 100 * 86_400 * SECOND)
  const first = await windows.take()
  const second = windows.take()
  assert.ok(await isWaiting(second))
  assert.equal(windows.weigh(first ?? year, TARGET * 100), true)
  assert.deepEqual(await second, { from: 0, to: 86_400 * SECOND })
})

test('once something is learnt, windows are given while others are being looked at', async () => {
  const windows = make([year], 86_400 * SECOND)
  windows.weigh((await windows.take()) ?? year, TARGET)
  const [second, third] = [windows.take(), windows.take()]
  assert.deepEqual([await isWaiting(second), await isWaiting(third)], [false, false])
})

test('while the last window may yet come again, the end waits', async () => {
  const windows = make([{ from: 0, to: 10 * SECOND }])
  const only = (await windows.take()) ?? year
  const end = windows.take()
  assert.ok(await isWaiting(end))
  windows.weigh(only, TARGET)
  assert.ok(await isWaiting(end))
  windows.done(only)
  assert.equal(await end, undefined)
})

const HOUR = 3600 * SECOND
const lengths = [
  { says: 'an empty window lets the next one be four times as long', in: 0, out: 4 * HOUR },
  { says: 'a window of a quarter of the target does so too', in: TARGET / 4, out: 4 * HOUR },
  { says: 'a window that is half full lets it be twice as long', in: TARGET / 2, out: 2 * HOUR },
  { says: 'a full window lets it be as long', in: TARGET, out: HOUR },
  {
    says: 'a window of twice the target is read, and the next one is half as long',
    in: TARGET * 2,
    out: HOUR / 2,
  },
]

for (const row of lengths) {
  test(row.says, async () => {
    const windows = make([year])
    windows.weigh((await windows.take()) ?? year, (TARGET * year.to) / HOUR)
    const hour = (await windows.take()) ?? year
    assert.equal(lengthOf(hour), HOUR)
    assert.equal(windows.weigh(hour, row.in), false)
    assert.equal(lengthOf(await windows.take()), row.out)
  })
}

test('a sparse window never shortens the next one', async () => {
  const windows = make(
    [
      { from: 0, to: SECOND },
      { from: HOUR, to: year.to },
    ],
    24 * HOUR,
  )
  windows.weigh((await windows.take()) ?? year, 0)
  assert.equal(lengthOf(await windows.take()), 24 * HOUR)
})

test('windows never grow beyond the longest', async () => {
  const windows = make([year], 24 * HOUR)
  for (let taken = 0; taken < 3; taken++) {
    const window = (await windows.take()) ?? year
    assert.equal(lengthOf(window), 24 * HOUR)
    windows.weigh(window, 0)
  }
})

test('a dense window is taken back and comes again in shorter ones, before what is later', async () => {
  const windows = make([{ from: 0, to: 3 * HOUR }], HOUR)
  assert.equal(windows.weigh((await windows.take()) ?? year, TARGET * 10), true)
  assert.deepEqual(await windows.take(), { from: 0, to: HOUR / 10 })
})

test('a window is taken back when it holds more than five times its target', async () => {
  for (const [rows, isTakenBack] of [
    [TARGET * 5, false],
    [TARGET * 5 + 1, true],
  ] as const) {
    const windows = make([{ from: 0, to: 3 * HOUR }], HOUR)
    assert.equal(windows.weigh((await windows.take()) ?? year, rows), isTakenBack)
  }
})

test('a window of a second is read however much it holds', async () => {
  const windows = make([{ from: 0, to: 2 * SECOND }])
  assert.equal(windows.weigh((await windows.take()) ?? year, 1_000_000), true)
  const second = (await windows.take()) ?? year
  assert.deepEqual(second, { from: 0, to: SECOND })
  assert.equal(windows.weigh(second, 1_000_000), false)
})

test('after a stop there are no more windows, also for those who wait', async () => {
  const windows = make([year])
  await windows.take()
  const waiting = windows.take()
  windows.stop()
  assert.deepEqual([await waiting, await windows.take()], [undefined, undefined])
})

test('a stop also takes back what was given', async () => {
  const windows = make([year])
  for (const to of [5, 6]) windows.give({ from: 0, to })
  windows.stop()
  assert.deepEqual(await windows.take(), undefined)
})

test('a window of which nothing came teaches nothing, and the next one is cut', async () => {
  const windows = make([{ from: 0, to: 4 * SECOND }], SECOND)
  const first = (await windows.take()) ?? year
  const waiting = windows.take()
  assert.ok(await isWaiting(waiting))
  windows.done(first)
  assert.ok(!(await isWaiting(waiting)))
})

test('nobody waits for a window that was given', async () => {
  const windows = make([{ from: 0, to: 4 * SECOND }], SECOND)
  windows.give({ from: 9, to: 10 })
  await windows.take()
  assert.ok(!(await isWaiting(windows.take())))
})

test('a window that is more than can be answered comes again in shorter ones, however little it holds', async () => {
  const windows = make([{ from: 0, to: 600 * SECOND }])
  const first = (await windows.take()) ?? year
  assert.ok(windows.overload(first))
  windows.done(first)
  assert.ok((lengthOf(await windows.take()) ?? 0) <= 100 * SECOND)
})

test('a window is halved at a whole second, and its halves come before what is left', async () => {
  const windows = make([{ from: 500, to: 7500 }], 5 * SECOND)
  const first = (await windows.take()) ?? year
  windows.weigh(first, TARGET)
  const halves = [
    { from: 500, to: 3500 },
    { from: 3500, to: 5500 },
  ]
  assert.deepEqual(windows.halve(first), halves)
  windows.done(first)
  assert.deepEqual(
    [await windows.take(), await windows.take(), await windows.take()],
    [...halves, { from: 5500, to: 7500 }],
  )
})

test('a window that is shorter than two of the shortest is not halved', async () => {
  const windows = make([{ from: 0, to: 2 * SECOND - 1 }])
  const only = (await windows.take()) ?? year
  assert.deepEqual(windows.halve(only), [])
  const coarse = createWindows([{ from: 0, to: HOUR }], { longestMs: HOUR, shortestMs: HOUR, target: TARGET })
  assert.deepEqual(coarse.halve((await coarse.take()) ?? year), [])
})

test('a window that is given comes as it is, before others are cut', async () => {
  const windows = make([year], SECOND)
  windows.give({ from: 10, to: 20 * HOUR })
  assert.deepEqual(await windows.take(), { from: 10, to: 20 * HOUR })
})

test('who waits is given what is given meanwhile, before all others are done', async () => {
  const windows = make([{ from: 0, to: 4 * SECOND }])
  const only = (await windows.take()) ?? year
  windows.weigh(only, TARGET)
  const waiting = windows.take()
  await nextTurn()
  windows.give(only)
  assert.deepEqual(await waiting, only)
})

test('who waits is given what is halved meanwhile', async () => {
  const windows = make([{ from: 0, to: 4 * SECOND }])
  const only = (await windows.take()) ?? year
  windows.weigh(only, TARGET)
  const waiting = [windows.take(), windows.take()]
  const halves = windows.halve(only)
  windows.done(only)
  assert.deepEqual(await Promise.all(waiting), halves)
})
