import assert from 'node:assert/strict'
import { test } from 'node:test'
import { held, refused, retreating, type Search, searchFrom } from './rate-search.ts'

const START = searchFrom(100, 0)
const FOREVER = 1e12

/** The rates that are tried one after the other while each of them holds. */
function ratesWhileHeld(search: Search, times: number): readonly number[] {
  const rates: number[] = []
  let at = search
  for (let time = 0; time < times; time++) {
    at = held(at, at.since + FOREVER)
    rates.push(at.rate)
  }
  return rates
}

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9 * expected, `${actual} instead of ${expected}`)

test('a search begins just below what was let through, and at one request a second at least', () => {
  near(START.rate, 99)
  assert.equal(searchFrom(0, 0).rate, 1)
})

test('a rate is not left before it has held for two seconds', () => {
  assert.equal(held(START, 1999), START)
  assert.notEqual(held(START, FOREVER), START)
})

test('while rates hold, each step is the square of the one before, up to a half more', () => {
  const steps = ratesWhileHeld(START, 6).map((rate, index, all) => rate / (all[index - 1] ?? 99))
  for (const [index, step] of [1.05, 1.05 ** 2, 1.05 ** 4, 1.05 ** 8, 1.5, 1.5].entries())
    near(steps[index] ?? 0, step)
})

test('during a limit no more than what held is tried', () => {
  const tried = held(START, FOREVER)
  near(retreating(tried).rate, 99)
  assert.equal(retreating(START).rate, START.rate)
})

test('after a limit a rate is tried between what held and what did not', () => {
  const tried = held(held(START, FOREVER), 2 * FOREVER)
  const next = refused(tried, 3 * FOREVER, 1000)
  assert.ok(next.rate > next.low && next.rate < tried.rate, `${next.rate}`)
  assert.equal(next.misses, 1)
})

test('a rate that held and is refused by now is lowered', () => {
  const lowered = refused(START, 5000, 1000)
  near(lowered.rate, 99 / 1.05)
  near(refused(lowered, 10_000, 1000).rate, 99 / 1.05 / 1.05 ** 2)
})

test('what is found is kept for a hundred waits, then more is tried, and misses count from none', () => {
  const search = { ...START, low: 100, high: 103, tried: 100, rate: 100, waitMs: 2000, misses: 3 }
  assert.equal(held(search, 199_999), search)
  const released = held(search, 200_000)
  near(released.rate, 105)
  assert.equal(released.misses, 0)
})

test('what is found again is kept twice as long', () => {
  const found = { low: 100, high: 103, tried: 100, since: 0, waitMs: 1000 }
  const once = held({ ...START, ...found }, FOREVER)
  const twice = { ...held({ ...once, ...found }, FOREVER), ...found }
  assert.equal(held(twice, 199_999), twice)
  assert.notEqual(held(twice, 200_000), twice)
})
