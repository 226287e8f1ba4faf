import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFrontier, OPEN_MS, settledPart } from './frontier.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const NOW = Date.parse('2026-01-31T12:00:00Z')

test('time may be closed up to the newest record', () => {
  const frontier = createFrontier(0)
  for (const moment of [NOW - 3 * DAY, NOW - 2 * DAY, undefined, NOW - 5 * DAY]) frontier.saw(moment)
  assert.equal(frontier.bound(NOW), NOW - 2 * DAY)
})

test('without a record, up to 30 days before now', () => {
  assert.equal(createFrontier(0).bound(NOW), NOW - 30 * DAY)
  assert.equal(OPEN_MS, 30 * DAY)
})

test('an older record does not hold that back', () => {
  const frontier = createFrontier(0)
  frontier.saw(NOW - 90 * DAY)
  assert.equal(frontier.bound(NOW), NOW - 30 * DAY)
})

test('the lookback is read again anyway, so that time stays open for so much less', () => {
  assert.equal(createFrontier(2 * DAY).bound(NOW), NOW - 28 * DAY)
})

test('what was closed before stays closed', () => {
  const frontier = createFrontier(0, NOW - DAY)
  frontier.saw(NOW - 2 * DAY)
  assert.equal(frontier.bound(NOW), NOW - DAY)
})

test('the bound moves with the clock by whole minutes', () => {
  const bound = (ms: number) => createFrontier(0).bound(NOW + ms) - (NOW - 30 * DAY)
  assert.deepEqual([-1, 0, MINUTE - 1, MINUTE].map(bound), [-MINUTE, 0, 0, MINUTE])
})

const rows: readonly { says: string; to: number; date: number; began: number; out: number | undefined }[] = [
  { says: 'all of it, where it ends a minute before both', to: -60, date: 0, began: 0, out: -60 },
  { says: 'up to a minute before the answer was dated', to: 0, date: -100, began: 0, out: -160 },
  { says: 'up to a minute before the sync began', to: 0, date: 50, began: 0, out: -60 },
  { says: 'nothing, where it begins there', to: 0, date: -140, began: 0, out: undefined },
  { says: 'a second, where it begins a second before', to: 0, date: -139, began: 0, out: -199 },
]

for (const { says, to, date, began, out } of rows) {
  test(`of a span that was received, what is over is ${says}`, () => {
    const at = (seconds: number) => NOW + seconds * 1000
    const part = settledPart({ from: at(-200), to: at(to) }, at(date), at(began))
    assert.deepEqual(part, out === undefined ? undefined : { from: at(-200), to: at(out) })
  })
}
