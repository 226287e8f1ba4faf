import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from './clock.ts'

test('the system clock tells the time in milliseconds', () => {
  const before = Date.now()
  const now = systemClock.now()
  assert.ok(now >= before && now <= Date.now())
})

test('random is a fraction, and another one each time', () => {
  const thrown = Array.from({ length: 20 }, systemClock.random)
  assert.ok(thrown.every(one => one >= 0 && one < 1))
  assert.equal(new Set(thrown).size, 20)
})

test('a sleep lasts as long as it says', async () => {
  const begun = performance.now()
  await systemClock.sleep(15)
  assert.ok(performance.now() - begun >= 14)
})

test('a sleep of nothing or less is over at once', async () => {
  let turned = false
  const turn = new Promise<void>(done =>
    setImmediate(() => {
      turned = true
      done()
    }),
  )
  await systemClock.sleep(0)
  await systemClock.sleep(-60_000)
  assert.equal(turned, false)
  await turn
})

test('a stop ends a sleep early and quietly', async () => {
  const stopping = new AbortController()
  const sleeping = systemClock.sleep(60_000, stopping.signal)
  stopping.abort()
  assert.equal(await sleeping, undefined)
  assert.equal(await systemClock.sleep(60_000, stopping.signal), undefined)
})
