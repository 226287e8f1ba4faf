import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PATIENT } from '../retry/patience.ts'
import { createCall } from '../stack.ts'
import { createTestClock, serve } from '../testing.ts'
import { createBudget } from './limit.ts'

/** A budget of which requests have left every 50 ms for two seconds, and were let through. */
async function atTwentyPerSecond() {
  const clock = createTestClock()
  const budget = createBudget(clock)
  const send = async (isRefused = false) => {
    await budget.take()
    budget.ended(clock.now(), isRefused)
  }
  for (let sent = 0; sent < 40; sent++) {
    await send()
    clock.advance(50)
  }
  const refuse = async (waitMs = 1000) => {
    await send(true)
    budget.slow()
    budget.pause(waitMs)
  }
  /** The gaps between so many requests. */
  const gaps = async (count: number) => {
    const left: number[] = []
    for (let sent = 0; sent <= count; sent++) {
      await send()
      left.push(clock.now())
    }
    return left.slice(1).map((at, index) => Math.round(at - (left[index] ?? 0)))
  }
  return { clock, budget, gaps, refuse }
}

test('after a rate limit, requests leave a little slower than those that were let through in the second before', async () => {
  const { gaps, refuse } = await atTwentyPerSecond()
  await refuse()
  // Nineteen were let through in that second; the twentieth was refused.
  assert.deepEqual(await gaps(5), [53, 53, 53, 53, 53])
})

test('what was under way when the limit was met is no further limit', async () => {
  const { gaps, refuse } = await atTwentyPerSecond()
  await refuse(5)
  for (let refused = 0; refused < 8; refused++) await refuse(5)
  assert.equal((await gaps(5)).at(-1), 53)
})

test('an answer that comes after the refusal, to a request that left before it, counts as well', async () => {
  const { clock, budget, gaps, refuse } = await atTwentyPerSecond()
  await refuse()
  budget.ended(clock.now() - 25, false)
  assert.equal((await gaps(5)).at(-1), 51)
})

test('a rate that does not hold either is lowered again, to one request a second at least', async () => {
  const { gaps, refuse } = await atTwentyPerSecond()
  await refuse()
  let before = 53
  for (let limits = 0; limits < 200; limits++) {
    await gaps(2)
    await refuse(2000)
    const gap = (await gaps(2)).at(-1) ?? 0
    assert.ok(gap >= before, `${gap} after ${before}`)
    before = gap
  }
  assert.equal(before, 1000)
})

test('the rate that held is kept for two minutes and 300 requests; then a little more is tried each second', async () => {
  const { clock, gaps, refuse } = await atTwentyPerSecond()
  await refuse()
  assert.equal((await gaps(2200)).at(-1), 53)
  clock.advance(60_000)
  assert.ok(((await gaps(20)).at(-1) ?? 53) < 53)
})

test('each time the same rate is found again, it is kept for twice as long', async () => {
  const { clock, gaps, refuse } = await atTwentyPerSecond()
  const keptFor = async () => {
    const since = clock.now()
    while ((await gaps(2))[1] === 53) if (clock.now() - since > 600_000) break
    return Math.round((clock.now() - since) / 60_000)
  }
  await refuse()
  assert.equal(await keptFor(), 2)
  await refuse()
  assert.equal(await keptFor(), 4)
})

test('where nothing was let through before the limit, nothing is known of a rate', async () => {
  const clock = createTestClock()
  const budget = createBudget(clock)
  await budget.take()
  budget.ended(0, true)
  budget.slow()
  budget.pause(1000)
  await budget.take()
  await budget.take()
  assert.equal(clock.now(), 1000)
})

test('a 429 that asks for a wait slows what follows; one that asks for none does not', async () => {
  for (const [seconds, slower] of [
    ['2', true],
    ['0', false],
  ] as const) {
    const clock = createTestClock()
    const came: number[] = []
    await using api = await serve((_, index) => {
      came.push(clock.now())
      return index === 20 ? { status: 429, headers: { 'retry-after': seconds } } : {}
    })
    const call = createCall({
      origin: api.origin,
      credentials: { auth_type: 'bearer', bearer_token: 'token' },
      userAgent: 'test',
      concurrency: 1,
      patience: PATIENT,
      clock,
      signal: new AbortController().signal,
      onWait: () => undefined,
      onSignIn: { onSecret: () => undefined, onRotated: async () => undefined },
    })
    for (let sent = 0; sent < 24; sent++) {
      await call({ method: 'GET', path: '/a' }, () => undefined)
      if (sent < 20) clock.advance(50)
    }
    const gap = (came[23] ?? 0) - (came[22] ?? 0)
    assert.ok(slower ? gap > 50 && gap <= 60 : gap === 0, `${seconds}: ${gap}`)
  }
})
