import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestClock, reply, scripted } from '../testing.ts'
import { PATIENT } from './patience.ts'
import { retrying } from './retry.ts'

test('a long wait is told of once a minute, with what is left of it', async () => {
  const clock = createTestClock()
  const { send } = scripted([reply(429, {}, { 'retry-after': '150' }), reply(200)])
  const told: [number, number][] = []
  const call = retrying(send, {
    clock,
    patience: PATIENT,
    signal: new AbortController().signal,
    onWait: (_, { ms }) => told.push([clock.now(), ms]),
  })
  await call({ method: 'GET', path: '/' }, () => undefined)
  assert.deepEqual(told, [
    [0, 150_000],
    [60_000, 90_000],
    [120_000, 30_000],
  ])
  assert.equal(clock.now(), 150_000)
})

test('a stop during a long wait ends it', async () => {
  const clock = createTestClock()
  const stopping = new AbortController()
  const { send, asked } = scripted([reply(429, {}, { 'retry-after': '600' })])
  const call = retrying(send, {
    clock,
    patience: PATIENT,
    signal: stopping.signal,
    onWait: (_, { ms }) => {
      if (ms < 500_000) stopping.abort()
    },
  })
  await assert.rejects(
    call({ method: 'GET', path: '/' }, () => undefined),
    { status: 429 },
  )
  assert.deepEqual([asked.length, clock.now()], [2, 120_000])
})
