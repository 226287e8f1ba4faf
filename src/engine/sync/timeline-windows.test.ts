import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { callsBetween, pageOf } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import type { WrittenWindow } from '../stream/asked-window.ts'
import type { Route, StreamDef } from '../stream/definition.ts'
import { CALLS, DAY, HOUR, NOW, read, SECOND } from '../testing.ts'
import type { Span } from '../time/spans.ts'

const START = NOW - 2 * DAY
const settings = { startMs: START, longestWindowMs: 12 * HOUR, concurrency: 1 }
const shortOf = (window: Span): Progress => ({
  ...NOTHING_READ,
  shortages: [{ window, came: 1, claimed: 2, print: '', sinceMs: NOW }],
})

/** The windows that are asked for, without the second more at either end. */
async function windowsOf(progress: Progress) {
  const { asked } = await read(CALLS, request => pageOf([], request), { settings, progress })
  return asked.map(({ query }) => ({
    from: Number(query?.['time.start']) * 1000 + SECOND,
    to: Number(query?.['time.end']) * 1000 - SECOND,
  }))
}

const shorts: readonly { says: string; window: Span; isAsked: boolean }[] = [
  {
    says: 'within the time that is owed',
    window: { from: START + 5 * HOUR, to: START + 6 * HOUR },
    isAsked: true,
  },
  { says: 'at its start', window: { from: START, to: START + HOUR }, isAsked: true },
  { says: 'at its end', window: { from: NOW - HOUR, to: NOW }, isAsked: true },
  { says: 'that begins before it', window: { from: START - SECOND, to: START + HOUR }, isAsked: false },
  { says: 'that ends after it', window: { from: NOW - HOUR, to: NOW + SECOND }, isAsked: false },
]

for (const { says, window, isAsked } of shorts)
  test(`a window ${says} that came short before is ${isAsked ? 'asked for as it was' : 'not asked for by itself'}`, async () => {
    const windows = await windowsOf(shortOf(window))
    const { from, to } = window
    assert.equal(
      windows.some(one => one.from === from && one.to === to),
      isAsked,
    )
    const lengths = windows.map(one => one.to - one.from)
    assert.equal(
      lengths.reduce((sum, length) => sum + length, 0),
      2 * DAY,
      'all is asked for, and nothing twice',
    )
  })

/** The shortest window that is asked for of a route that writes moments in such steps, whose lists all break off. */
async function shortestOf(stepMs: number, lengthMs: number) {
  const [route] = CALLS.routes
  const write: Route['write'] = ({ window, paging }) => ({ path: '/calls', query: { ...window, ...paging } })
  const window: WrittenWindow = { stepMs, widen: span => span }
  const def: StreamDef = { ...CALLS, routes: [{ ...route, write, window }] }
  const { asked, error } = await read(
    def,
    ({ query }) =>
      query?.['page'] === 1
        ? reply(200, { items: callsBetween(Number(query?.['from']), Number(query?.['to']), 100) })
        : reply(400),
    { settings: { ...settings, startMs: NOW - lengthMs } },
  )
  assert.match(String(error), /breaks off after 100 records even for the shortest time/)
  return Math.min(...asked.map(({ query }) => Number(query?.['to']) - Number(query?.['from'])))
}

test('no window is shorter than the steps in which a route writes moments, or a second', async () => {
  assert.equal(await shortestOf(HOUR, 8 * HOUR), HOUR)
  assert.equal(await shortestOf(1, 8 * SECOND), SECOND)
})

/** Whether the first window is split where a full page of so many records counts so many. */
async function isSplit(pageSize: number, total: number): Promise<boolean> {
  const rows = callsBetween(NOW - 4 * SECOND, NOW, pageSize)
  const { debugs } = await read(
    CALLS,
    ({ query }) => (query?.['page'] === 1 ? reply(200, { items: rows, pagination: { total } }) : reply(400)),
    { settings: { ...settings, startMs: NOW - 4 * SECOND, pageSize } },
  )
  return debugs.some(text => text.endsWith('holds much, so it is split.'))
}

test('a window is split that holds more than five times as much as thirty pages, or as 4000 records', async () => {
  for (const [pageSize, most] of [
    [10, 1500],
    [500, 20_000],
  ] as const)
    assert.deepEqual([await isSplit(pageSize, most), await isSplit(pageSize, most + 1)], [false, true])
})

test('eight windows are read side by side at most', async () => {
  const wide = { ...settings, startMs: NOW - 40 * DAY, longestWindowMs: DAY, concurrency: 20 }
  const { busiest } = await read(CALLS, request => pageOf([], request), { settings: wide })
  assert.equal(busiest(), 8)
})

test('a full refresh goes on exactly where it was interrupted', async () => {
  const progress = { ...NOTHING_READ, closed: [{ from: START, to: NOW - DAY }], readToMs: NOW - DAY }
  const { asked } = await read(CALLS, request => pageOf([], request), {
    mode: 'full_refresh',
    settings,
    progress,
  })
  assert.equal(asked[0]?.query?.['time.start'], (NOW - DAY - SECOND) / 1000)
})
