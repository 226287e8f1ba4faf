import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countLimit, countSent, emptyTally, perSecondBefore, perSecondSince, shareRefused } from './tally.ts'

/** A tally of requests that left at these moments, those from `refusedFrom` on refused. */
function tallyOf(moments: readonly number[], refusedFrom = Number.POSITIVE_INFINITY) {
  const tally = emptyTally()
  for (const at of moments) {
    const refuse = countSent(tally, at)
    if (at >= refusedFrom) refuse()
  }
  return tally
}

test('the share of refusals is of all that were sent', () => {
  assert.equal(shareRefused(emptyTally()), 0)
  assert.equal(shareRefused(tallyOf([0, 1, 2, 3], 3)), 1 / 4)
})

test('what was long ago counts for less in the share', () => {
  const tally = tallyOf(Array.from({ length: 1001 }, (_, at) => at))
  assert.equal(tally.sent, 500.5)
})

test('the second before the first limit does not count: it tells of a burst', () => {
  const tally = tallyOf([100, 200, 300])
  countLimit(tally, 300)
  assert.equal(perSecondBefore(tally), 0)
  for (const at of [5000, 5500, 5900]) countSent(tally, at)
  countLimit(tally, 6000)
  assert.equal(perSecondBefore(tally), 2)
})

test('what was refused did not get through', () => {
  const tally = tallyOf([0, 100, 200, 300], 200)
  countLimit(tally, 300)
  countLimit(tally, 300)
  assert.equal(perSecondBefore(tally), 2)
})

test('how many got through in a second is known from a second after the last limit on', () => {
  const tally = tallyOf([1000, 2000, 3000, 4000])
  assert.equal(perSecondSince(tally, 3500, 4000), undefined)
  assert.equal(perSecondSince(tally, 0, 2000), 2)
})
