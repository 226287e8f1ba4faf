import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PATIENT } from '../retry/patience.ts'
import { createCall } from '../stack.ts'
import { createTestClock, serve } from '../testing.ts'
import { createBudget } from './limit.ts'

/** A budget of which requests have left every 100 ms, and the gaps between those that follow. */
async function atTenPerSecond() {
  const clock = createTestClock()
  const budget = createBudget(clock)
  for (let sent = 0; sent < 40; sent++) {
    await budget.take()
    clock.advance(100)
  }
  const gaps = async (count: number) => {
    const left: number[] = []
    for (let sent = 0; sent <= count; sent++) {
      await budget.take()
      left.push(clock.now())
    }
    return left.slice(1).map((at, index) => Math.round(at - (left[index] ?? 0)))
  }
  return { clock, budget, gaps }
}

test('a rate limit halves the rate at which requests have recently left', async () => {
  const { budget, gaps } = await atTenPerSecond()
  budget.slow()
  assert.equal((await gaps(1))[0], 200)
})

test('what was under way when the limit was met does not halve it again', async () => {
  const { budget, gaps } = await atTenPerSecond()
  for (let refused = 0; refused < 8; refused++) {
    budget.slow()
    budget.pause(5_000)
  }
  assert.equal((await gaps(1))[0], 200)
})

test('the next limit halves it once more, down to one request a second', async () => {
  const { budget, gaps } = await atTenPerSecond()
  budget.slow()
  assert.equal((await gaps(1))[0], 200)
  for (let limits = 0; limits < 9; limits++) budget.slow()
  assert.ok(((await gaps(2))[1] ?? 0) >= 950)
})

test('the rate recovers slowly, with each request that leaves', async () => {
  const { budget, gaps } = await atTenPerSecond()
  budget.slow()
  const after = await gaps(120)
  assert.ok(after.every((gap, index) => gap <= (after[index - 1] ?? 200)))
  assert.ok((after[10] ?? 0) > 100 && (after[14] ?? 0) < 100, `${after}`)
  assert.equal(after.at(-1), 0)
})

test('a pause does not count towards the recent rate', async () => {
  const { budget, gaps } = await atTenPerSecond()
  budget.pause(60_000)
  await gaps(0)
  budget.slow()
  assert.ok(((await gaps(1))[0] ?? 0) <= 200)
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
    assert.ok(slower ? gap > 80 && gap <= 100 : gap === 0, `${seconds}: ${gap}`)
  }
})
