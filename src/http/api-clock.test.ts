import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApiClock } from './api-clock.ts'
import { createTestClock, reply } from './testing.ts'

const NOW = Date.parse('2026-01-31T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A run in which answers come so many milliseconds after it began, each with this Date. */
async function run(answers: readonly { afterMs?: number; date?: string; origin?: string }[], startMs = NOW) {
  const clock = createTestClock({ now: startMs })
  const warnings: string[] = []
  const api = createApiClock(clock, text => warnings.push(text))
  const dates: (string | undefined)[] = []
  for (const { afterMs = 0, date, origin } of answers) {
    await clock.sleep(startMs + afterMs - clock.now())
    const send = api.watching(async () => reply(200, {}, date === undefined ? {} : { date }))
    const { headers } = await send({ method: 'GET', path: '/', ...(origin === undefined ? {} : { origin }) })
    dates.push(headers['date'])
  }
  return { aheadMs: api.now() - clock.now(), dates, warnings }
}
const utc = (ms: number) => new Date(ms).toUTCString()

const believed: readonly { says: string; dateMs: number; startMs?: number }[] = [
  { says: 'an hour behind', dateMs: NOW - HOUR },
  { says: 'three days ahead', dateMs: NOW + 3 * DAY },
  { says: 'a year ahead', dateMs: NOW + 365 * DAY },
  { says: 'a year behind, for this machine may be ahead', dateMs: Date.parse('2025-01-01T00:00:00Z') },
  { says: 'years ahead of a machine whose clock cannot be right', dateMs: NOW, startMs: 0 },
]
for (const { says, dateMs, startMs = NOW } of believed)
  test(`a Date that is ${says} is the API’s clock`, async () => {
    const { aheadMs, dates, warnings } = await run([{ date: utc(dateMs) }], startMs)
    assert.deepEqual([aheadMs, dates, warnings], [dateMs - startMs, [utc(dateMs)], []])
  })

const absurd: readonly { says: string; dateMs: number }[] = [
  { says: 'of 1970', dateMs: 0 },
  { says: 'from before this connector was written', dateMs: Date.parse('2024-12-31T00:00:00Z') },
  { says: 'of 2099', dateMs: Date.parse('2099-01-01T00:00:00Z') },
  { says: 'more than a year ahead', dateMs: NOW + 365 * DAY + 1000 },
]
for (const { says, dateMs } of absurd)
  test(`a Date ${says} is none: ours is used instead, which is said once`, async () => {
    const { aheadMs, dates, warnings } = await run([
      { date: utc(dateMs) },
      { afterMs: 1000, date: utc(dateMs + 1000) },
    ])
    assert.deepEqual([aheadMs, dates], [0, [utc(NOW), utc(NOW + 1000)]])
    assert.deepEqual(warnings, [
      `The API dates its answers ${new Date(dateMs).toISOString()}, which cannot be now. The clock of this machine is used ` +
        'instead; please see that it is right.',
    ])
  })

const off = utc(NOW - DAY)
const runs: readonly { says: string; in: Parameters<typeof run>[0]; stands: boolean }[] = [
  {
    says: 'that is the same for a minute, and a day off',
    in: [{ date: off }, { afterMs: 60_000, date: off }],
    stands: true,
  },
  { says: 'that is the same for less', in: [{ date: off }, { afterMs: 59_999, date: off }], stands: false },
  {
    says: 'that has gone on once, as behind a cache',
    in: [{ date: off }, { date: utc(NOW - DAY + 1000) }, { afterMs: 60_000, date: off }],
    stands: false,
  },
  {
    says: 'that is the same, but not far off',
    in: [{ date: utc(NOW - HOUR + 60_000) }, { afterMs: 60_000, date: utc(NOW - HOUR + 60_000) }],
    stands: false,
  },
  {
    says: 'that is ahead and the same',
    in: [{ date: utc(NOW + DAY) }, { afterMs: 60_000, date: utc(NOW + DAY) }],
    stands: true,
  },
]
for (const { says, in: answers, stands } of runs)
  test(`a clock ${says} ${stands ? 'stands' : 'goes'}`, async () => {
    const { aheadMs, warnings } = await run(answers)
    assert.deepEqual([aheadMs === 0, warnings.length], [stands, stands ? 1 : 0])
  })

test('answers without a Date, with another text for it, and of other hosts tell nothing', async () => {
  const { aheadMs, dates, warnings } = await run([
    {},
    { date: 'soon' },
    { date: utc(0), origin: 'https://x' },
  ])
  assert.deepEqual([aheadMs, dates, warnings], [0, [undefined, 'soon', utc(0)], []])
})
