import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN_ROUTE } from '../../evidence/route-facts.ts'
import type { FirstPage } from '../../fetch/served-route.ts'
import { CALLS, DAY, HOUR, listRoute, MINUTE, NOW, SECOND } from '../../testing.ts'
import { type Span, spanText } from '../../time/spans.ts'
import type { Windows } from '../../time/windows.ts'
import { fitsFilter, lacks } from './margin.ts'
import { openStream } from './slices-testing.ts'

const [ROUTE] = CALLS.routes
/** The window of so many hours before now, an hour long. */
const before = (hours: number): Span => ({ from: NOW - (hours + 1) * HOUR, to: NOW - hours * HOUR })
const WINDOW = before(0)

/** Windows of which some were read, where the filter is known to be off by so much. */
function open(knownMs = 0, fitted: readonly Span[] = []) {
  const { input, context, lines } = openStream(CALLS)
  context.routes.learn(new Map([[ROUTE.path, { ...UNKNOWN_ROUTE, marginMs: knownMs }]]))
  const given: Span[] = []
  const reopened: Span[] = []
  const windows = { give: (window: Span) => given.push(window) } as unknown as Windows
  const tracker = { ...input.tracker, reopen: (_: object, window: Span) => void reopened.push(window) }
  const reading = { input: { ...input, tracker }, partition: {}, windows, fitted: [...fitted], astray: [] }
  return { reading, given, reopened, lines, known: () => context.routes.of(ROUTE).facts().marginMs }
}

const specOf = (marginMs: number, route = ROUTE) => ({
  def: CALLS,
  route,
  slice: { window: WINDOW },
  pageSize: 10,
  filters: {},
  marginMs,
})

interface Row {
  readonly says: string
  /** How long after the window's end its rows lie. */
  readonly rows: readonly number[]
  /** By how much the filter is known to be off, and how much wider the window was asked for. */
  readonly knownMs?: number
  readonly askedMs?: number
  readonly route?: typeof ROUTE
  readonly out: 'fits' | 'again' | 'unfiltered'
  /** By how much the filter is known to be off then. */
  readonly thenMs?: number
}

const rows: readonly Row[] = [
  { says: 'of rows within it fits', rows: [-1], out: 'fits' },
  { says: 'without rows fits', rows: [], out: 'fits' },
  { says: 'of rows seconds after it fits', rows: [3 * SECOND], out: 'fits' },
  {
    says: 'of a row some seconds after it is asked for again, a minute wider',
    rows: [4 * SECOND],
    out: 'again',
    thenMs: MINUTE,
  },
  {
    says: 'of a row hours after it is asked for again, wider by as much',
    rows: [HOUR + SECOND],
    out: 'again',
    thenMs: HOUR,
  },
  {
    says: 'asked for as wide as that fits',
    rows: [HOUR + SECOND],
    knownMs: HOUR,
    askedMs: HOUR,
    out: 'fits',
  },
  {
    says: 'asked for before that was known is asked for again',
    rows: [-1],
    knownMs: HOUR,
    out: 'again',
    thenMs: HOUR,
  },
  { says: 'of rows of any time has no filter', rows: [-99 * HOUR, 99 * HOUR], out: 'unfiltered' },
  {
    says: 'of a route that takes no window has no filter',
    rows: [-1],
    route: listRoute(),
    out: 'unfiltered',
  },
]

for (const { says, rows: agos, knownMs = 0, askedMs = 0, route, out, thenMs = knownMs } of rows)
  test(`a window ${says}`, () => {
    const { reading, known } = open(knownMs)
    const items = agos.map((ms, at) => ({
      json: { id: `c${at}`, dateCreated: new Date(NOW + ms).toISOString() },
    }))
    const first = { page: { rows: items }, spec: specOf(askedMs, route) } as unknown as FirstPage
    assert.deepEqual([fitsFilter(reading, WINDOW, first), known()], [out, thenMs])
  })

const strayRows: readonly { says: string; starts: readonly number[]; out: readonly string[] }[] = [
  {
    says: 'three apart show that there is no filter',
    starts: [5, 3, 9],
    out: ['fits', 'fits', 'unfiltered'],
  },
  {
    says: 'of those that overlap one counts',
    starts: [5, 5, 5.5, 4.5],
    out: ['fits', 'fits', 'fits', 'fits'],
  },
  { says: 'of those that touch each counts', starts: [5, 4, 3], out: ['fits', 'fits', 'unfiltered'] },
]

for (const { says, starts, out } of strayRows)
  test(`a window with one row of another time may be a mistake: ${says}`, () => {
    const { reading } = open()
    const json = { id: 'c', dateCreated: new Date(NOW - 99 * DAY).toISOString() }
    const first = { page: { rows: [{ json }] }, spec: specOf(0) } as unknown as FirstPage
    const windowAt = (day: number) => ({ from: NOW - day * DAY, to: NOW - (day - 1) * DAY })
    assert.deepEqual(
      starts.map(day => fitsFilter(reading, windowAt(day), first)),
      out,
    )
  })

test('a window whose further pages lie beside it lacks something, as do those asked for before', () => {
  const { reading, known, lines } = open()
  assert.deepEqual([lacks(reading, specOf(0), { marginMs: 0 }), known()], [false, 0])
  assert.deepEqual([lacks(reading, specOf(0), { marginMs: 90 * MINUTE }), known()], [true, 90 * MINUTE])
  assert.deepEqual([lacks(reading, specOf(0), { marginMs: 0 }), known()], [true, 90 * MINUTE])
  assert.equal(lacks(reading, specOf(90 * MINUTE), { marginMs: 0 }), false)
  assert.deepEqual(lines, [
    "INFO calls: the API's filter by time is off by up to 90 minutes, so windows are asked for that much wider.",
  ])
})

const fits: readonly { says: string; fitted: readonly number[]; again: readonly number[] }[] = [
  { says: 'none of none', fitted: [], again: [] },
  { says: 'one by itself', fitted: [3], again: [3] },
  { says: 'both of two: each has an end of its own', fitted: [3, 4], again: [3, 4] },
  { says: 'the first and the last of three', fitted: [5, 3, 4], again: [5, 3] },
  { says: 'all that have a gap beside them', fitted: [6, 3, 4], again: [6, 3, 4] },
]

for (const { says, fitted, again } of fits)
  test(`of windows that were read is read once more, wider: ${says}`, () => {
    const { reading, given, reopened } = open(0, fitted.map(before))
    lacks(reading, specOf(0), { marginMs: HOUR })
    const expected = again.map(before).map(spanText)
    assert.deepEqual([given.map(spanText), reopened.map(spanText)], [expected, expected])
    assert.deepEqual(reading.fitted, [], 'they are as if they had not been read')
    lacks(reading, specOf(0), { marginMs: HOUR })
    assert.equal(given.length, expected.length, 'once only')
  })
