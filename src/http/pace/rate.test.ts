import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retrying } from '../retry/retry.ts'
import { createWay } from '../stack.ts'
import { reply } from '../testing.ts'
import type { Request } from '../types.ts'
import { createRate } from './rate.ts'
import {
  createEventClock,
  inAnySecond,
  inSecondsOf,
  type Limiter,
  refusing,
  tooMany,
  underLoad,
  WAY,
  withBurst,
} from './testing.ts'

/** A rate of which `perSecond` requests have left in each of so many seconds, the last of each refused. */
function refusedEachSecond(seconds: number, perSecond: number) {
  let changes = 0
  const rate = createRate(() => changes++)
  for (let sent = 0; sent < seconds * perSecond; sent++) {
    const refuse = rate.leaves((sent * 1000) / perSecond)
    if (sent % perSecond === perSecond - 1) refuse()
  }
  return { rate, changes: () => changes }
}

test('nothing is held back before five requests were refused', () => {
  assert.equal(refusedEachSecond(5, 10).rate.gapMs(), 0)
})

test('from then on requests leave at the rate that got through', () => {
  const { rate } = refusedEachSecond(6, 10)
  assert.ok(Math.abs(rate.gapMs() - 1000 / 9) < 3, `${rate.gapMs()}`)
})

test('what is refused within a second belongs to one limit', () => {
  let changes = 0
  const rate = createRate(() => changes++)
  const refusals = [0, 10, 20, 999].map(at => rate.leaves(at))
  for (const refuse of refusals) refuse()
  assert.equal(changes, 1)
})

test('each origin has a rate of its own, and pauses of its own', async () => {
  const clock = createEventClock()
  const other = 'https://other.example'
  let refusals = 0
  const api = (origin: string) => async () => {
    await clock.sleep(100)
    return origin === other && refusals++ === 0 ? tooMany('5') : reply(200)
  }
  const way = createWay({ ...WAY, clock, signal: new AbortController().signal }, api)
  const call = retrying(way.send, way.retry(way.send))
  const ask = (request: Partial<Request>) => call({ method: 'GET', path: '/a', ...request }, clock.now)
  const waited = ask({ origin: other })
  for (let asked = 0; asked < 10; asked++) await ask({})
  assert.equal(clock.now(), 1000)
  assert.equal(await waited, 5200)
})

/** From which second on a limit holds; what part of it is reached at least until the next one does, and what share of requests
 *  is refused at most. */
const PARTS = [
  { from: 0, limit: 20, least: 0.94, mostRefused: 0.01 },
  { from: 200, limit: 5, least: 0.8, mostRefused: 0.03 },
  { from: 400, limit: 20, least: 0.7, mostRefused: 0.01 },
]
const ENDS = 1000

for (const [says, limiter] of [
  ['in any second', inAnySecond],
  ['in a second of its clock', inSecondsOf(0)],
  ['and a second of what was not used', withBurst({ seconds: 1 })],
] satisfies (readonly [string, Limiter])[]) {
  test(`a limit ${says} that falls to a quarter and rises again is followed`, async () => {
    const partAt = (at: number) => PARTS.findLast(({ from }) => at >= from * 1000) ?? { limit: 0 }
    const isLetThrough = limiter(at => partAt(at).limit)
    const { sent } = await underLoad({ requests: 17_000, refuse: refusing(isLetThrough, '1') })
    for (const [index, { from, limit, least, mostRefused }] of PARTS.entries()) {
      const to = PARTS[index + 1]?.from ?? ENDS
      const part = sent.filter(({ at }) => at >= from * 1000 && at < to * 1000)
      const passed = part.filter(one => !one.isRefused).length
      const asked = limit * (to - from)
      assert.ok(passed >= least * asked, `${passed} of ${asked} from ${from} s on`)
      assert.ok(part.length - passed <= mostRefused * part.length, `${part.length - passed} refused`)
    }
  })
}

test('where there is a limit, and any request may be refused besides, it is not asked ever less', async () => {
  const isLetThrough = inAnySecond(() => 80)
  let asked = 0
  const { perSecond } = await underLoad({
    requests: 5000,
    refuse: ({ at }) => (++asked % 33 === 0 || !isLetThrough(at) ? tooMany('1') : undefined),
  })
  assert.ok(perSecond >= 15, `${perSecond} a second`)
})
