import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transientError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import { callsBetween } from '../../lists-testing.ts'
import { HOUR, NOW } from '../../testing.ts'
import { spanText } from '../../time/spans.ts'
import { foundOf, shortBy } from './slices-testing.ts'
import { readWindow, type WindowEnd } from './window.ts'
import { BY_LINE, listOf, readOne, WINDOW } from './window-testing.ts'

test('of a window its first page worked, and its answer dates what is closed', async () => {
  const { worked, received, evidence } = await readOne({})
  assert.deepEqual(worked, [spanText(WINDOW)])
  assert.deepEqual(received, [[spanText(WINDOW), NOW - 5000]])
  evidence.failed(transientError('Down.'))
  assert.equal(evidence.isUnanswered(), false, 'it is an answer')
})

test('windows that were read are known, to be read once more where the filter turns out to be off', async () => {
  const whole = await readOne({})
  assert.deepEqual(whole.reading.fitted, [WINDOW])
  const cut = await readOne({ found: foundOf(shortBy(1)) })
  assert.deepEqual(cut.reading.fitted, [])
})

test('of answers without a date the clock of the API does', async () => {
  const { received } = await readOne({ found: foundOf() })
  assert.deepEqual(received, [[spanText(WINDOW), NOW]])
})

test('a window that holds much comes in shorter ones, after one look', async () => {
  const api = listOf(callsBetween(NOW - 2 * HOUR, NOW, 100), 1000)
  const { out, received, comes, asked, debugs, route, evidence } = await readOne({ api })
  assert.equal(out, 'next')
  assert.ok(comes.length >= 10, String(comes.length))
  assert.deepEqual([received, asked.length, route.facts().fullest], [[], 1, 100])
  assert.match(debugs.join('\n'), /^calls: 2026-01-31T10:00:00.000Z to .* holds much, so it is split.$/m)
  const part = { from: NOW - HOUR / 4, to: NOW }
  assert.deepEqual(
    [evidence.plans.isTrusted(part, 1000), evidence.plans.isTrusted(part, 1000)],
    [true, false],
  )
})

test('a parent that is gone is counted', async () => {
  const { context } = await readOne({ api: () => reply(404), def: BY_LINE })
  assert.equal(context.tally.gone, 1)
})

test('that there is no filter is noted: by how much it seemed off means nothing', async () => {
  const { route } = await readOne({ found: foundOf(shortBy(1)), marginMs: HOUR, isIgnored: true })
  assert.equal(route.facts().marginMs, 0)
})

test('after five failures alike the rest is hopeless', async () => {
  const { reading, window } = await readOne({ api: () => reply(503) })
  const ends: WindowEnd[] = []
  for (let count = 2; count <= 5; count++) ends.push(await readWindow(reading, window))
  assert.deepEqual(ends, ['next', 'next', 'next', 'hopeless'])
})
