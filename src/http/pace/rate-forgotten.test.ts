import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inAnySecond, type Refuse, refusing, tooMany, underLoad } from './testing.ts'

/** Of what comes of nothing but waiting as long as is said, so much is reached at least. */
const LEAST = 0.8

function everyNth(nth: number, retryAfter?: string): Refuse {
  let asked = 0
  return () => (++asked % nth === 0 ? tooMany(retryAfter) : undefined)
}

/** Refuses such a share, by numbers that this seed gives. */
function atRandom(share: number, seed: number, retryAfter?: string): Refuse {
  let state = 7919 * seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32 < share ? tooMany(retryAfter) : undefined
  }
}

/** What each API lets through in a second, in the mean, if each wait is obeyed and nothing else is done: from runs in which
 *  requests were never told to be refused. */
const rows = [
  {
    says: 'every 7th request, to be repeated at once',
    refuse: () => everyNth(7, '0'),
    requests: 6000,
    obeying: 60.7,
  },
  {
    says: '3 % of requests, by the seed 1, to be repeated at once',
    refuse: () => atRandom(0.03, 1, '0'),
    requests: 6000,
    obeying: 78.7,
  },
  {
    says: '3 % of requests, by the seed 2, to be repeated at once',
    refuse: () => atRandom(0.03, 2, '0'),
    requests: 6000,
    obeying: 78.4,
  },
  {
    says: 'every 7th request, to wait for a second',
    refuse: () => everyNth(7, '1'),
    requests: 2500,
    obeying: 3.3,
  },
  {
    says: '3 % of requests, by the seed 1, to wait for a second',
    refuse: () => atRandom(0.03, 1, '1'),
    requests: 2500,
    obeying: 31.4,
  },
  {
    says: '3 % of requests, by the seed 2, to wait for a second',
    refuse: () => atRandom(0.03, 2, '1'),
    requests: 2500,
    obeying: 28.2,
  },
  {
    says: 'every 7th request, without saying more',
    refuse: () => everyNth(7),
    requests: 4000,
    obeying: 49.6,
  },
  {
    says: '3 % of requests, by the seed 1, without saying more',
    refuse: () => atRandom(0.03, 1),
    requests: 4000,
    obeying: 74.8,
  },
  {
    says: '3 % of requests, by the seed 2, without saying more',
    refuse: () => atRandom(0.03, 2),
    requests: 4000,
    obeying: 73.8,
  },
  {
    says: 'every 7th request, to wait for ten seconds',
    refuse: () => everyNth(7, '10'),
    requests: 1000,
    obeying: 0.6,
  },
  {
    says: '3 % of requests, by the seed 1, to wait for ten seconds',
    refuse: () => atRandom(0.03, 1, '10'),
    requests: 1000,
    obeying: 4.4,
  },
  {
    says: '3 % of requests, by the seed 2, to wait for ten seconds',
    refuse: () => atRandom(0.03, 2, '10'),
    requests: 1000,
    obeying: 3.2,
  },
]
for (const { says, refuse, requests, obeying } of rows) {
  test(`an API that refuses ${says}, at any rate, is asked as if it had none`, async () => {
    const { perSecond } = await underLoad({ requests, refuse: refuse(), takesMs: () => 200 })
    assert.ok(perSecond >= LEAST * obeying, `${perSecond} a second, ${obeying} by waiting alone`)
  })
}

test('after it was forgotten, a rate is found again once there is one', async () => {
  const every = everyNth(45, '1')
  const limited = refusing(
    inAnySecond(() => 20),
    '1',
  )
  const { sent } = await underLoad({
    requests: 14_000,
    refuse: arriving => (arriving.at < 300_000 ? every(arriving) : limited(arriving)),
  })
  const later = sent.filter(({ at }) => at > 330_000)
  const seconds = ((later.at(-1)?.at ?? 0) - 330_000) / 1000
  const passed = later.filter(one => !one.isRefused).length
  assert.ok(passed >= 0.9 * 20 * seconds, `${passed} in ${seconds} s`)
  assert.ok(later.length - passed <= later.length / 100, `${later.length - passed} refused`)
})
