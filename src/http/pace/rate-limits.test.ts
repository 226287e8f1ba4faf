import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inAnySecond, inSecondsOf, type Limiter, refusing, underLoad, withBurst } from './testing.ts'

/** Of the best fixed setting, so much is reached at least; and of the requests after the first 200, so many are refused at
 *  most. */
const [LEAST, MOST_REFUSED] = [0.95, 0.01]
const limiters: readonly (readonly [string, Limiter])[] = [
  ['in any second', inAnySecond],
  ['in a second of its clock', inSecondsOf(0)],
  ['in a second of another clock', inSecondsOf(900)],
  ['and a second of what was not used', withBurst({ seconds: 1 })],
  ['and a hundred that were not used', withBurst({ most: 100 })],
]
const ofWindows = limiters.slice(0, 3)
const rows = [
  { says: 'and says to wait for a second', retryAfter: '1', limit: 5, seconds: 300, by: limiters },
  { says: 'and says to wait for a second', retryAfter: '1', limit: 20, seconds: 180, by: limiters },
  { says: 'and says to wait for a second', retryAfter: '1', limit: 80, seconds: 100, by: limiters },
  { says: 'and says nothing', retryAfter: undefined, limit: 20, seconds: 180, by: limiters.slice(0, 4) },
  {
    says: 'and says to come again at once',
    retryAfter: '0',
    limit: 20,
    seconds: 180,
    by: limiters.slice(0, 4),
  },
  {
    says: 'and says to wait for ten seconds',
    retryAfter: '10',
    limit: 5,
    seconds: 1800,
    by: ofWindows.slice(0, 2),
  },
]
for (const { says, retryAfter, limit, seconds, by } of rows) {
  for (const [how, limiter] of by) {
    test(`an API that refuses more than ${limit} a second ${how}, ${says}, is asked by as many`, async () => {
      const isLetThrough = limiter(() => limit)
      const { perSecond, refused } = await underLoad({
        requests: seconds * limit,
        refuse: refusing(isLetThrough, retryAfter),
      })
      assert.ok(perSecond >= LEAST * limit, `${perSecond} of ${limit} a second`)
      assert.ok(refused <= MOST_REFUSED, `${100 * refused} % refused`)
    })
  }
}

test('an API that refuses nothing is asked as fast as it answers', async () => {
  const { perSecond } = await underLoad({ requests: 3000 })
  assert.ok(perSecond >= LEAST * 16 * 20, `${perSecond} a second`)
})
