import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../json.ts'
import { createCheckpoints } from './checkpoints.ts'
import { NOTHING_READ, type Progress } from './progress.ts'

const MINUTE_MS = 60_000

/** A saver on a clock that stands still, the cursors that it sent with their counts, and how often it let them go. */
function open(before?: Progress) {
  let now = 0
  const sent: [unknown, number][] = []
  let flushes = 0
  const saver = createCheckpoints({
    stream: 'calls',
    now: () => now,
    ...(before === undefined ? {} : { before }),
    output: {
      send: message => {
        const { state } = JSON.parse(JSON.stringify(message)) as { state: JsonObject }
        const { stream, sourceStats } = state as unknown as {
          stream: { stream_state: JsonObject }
          sourceStats: { recordCount: number }
        }
        sent.push([stream.stream_state['cursor'], sourceStats.recordCount])
      },
      flush: async () => {
        flushes++
      },
    },
  })
  return { saver, sent, pass: (ms: number) => (now += ms), flushes: () => flushes }
}

function upTo(minute: number): Progress {
  return { ...NOTHING_READ, cursorMs: minute * MINUTE_MS }
}

const cursor = (minute: number) => new Date(minute * MINUTE_MS).toISOString()

test('the first progress is saved at once, further ones about once a minute, the last one at the end', () => {
  const { saver, sent, pass } = open()
  for (let minute = 1; minute <= 4; minute++) {
    saver.count(10)
    saver.onProgress(upTo(minute))
    pass(30_000)
  }
  saver.end()
  assert.deepEqual(sent, [
    [cursor(1), 10],
    [cursor(3), 20],
    [cursor(4), 10],
  ])
})

test('a state leaves the process at once', () => {
  const { saver, flushes } = open()
  saver.onProgress(upTo(1))
  assert.equal(flushes(), 1)
})

test('while a stream waits, what was gathered leaves the process, with or without a state that is due', () => {
  const { saver, sent, pass, flushes } = open()
  saver.onWaiting()
  saver.onProgress(upTo(1))
  pass(1_000)
  saver.onWaiting()
  assert.deepEqual([sent.length, flushes()], [1, 3])
})

test('while a stream waits, its last progress is sent again about once a minute', () => {
  const { saver, sent, pass } = open()
  saver.count(5)
  saver.onProgress(upTo(1))
  for (let seconds = 0; seconds < 150; seconds += 30) {
    pass(30_000)
    saver.onWaiting()
  }
  assert.deepEqual(sent, [
    [cursor(1), 5],
    [cursor(1), 0],
    [cursor(1), 0],
  ])
})

test('what was emitted since is counted, and a later progress is sent in place of the last', () => {
  const { saver, sent, pass } = open()
  saver.onProgress(upTo(1))
  pass(MINUTE_MS)
  saver.count(3)
  saver.onWaiting()
  saver.onProgress(upTo(2))
  pass(MINUTE_MS)
  saver.onWaiting()
  saver.end()
  assert.deepEqual(sent, [
    [cursor(1), 0],
    [cursor(1), 3],
    [cursor(2), 0],
  ])
})

test('a stream that waits before it came anywhere says where it was before', () => {
  const { saver, sent, pass } = open(upTo(7))
  saver.onWaiting()
  pass(MINUTE_MS)
  saver.onWaiting()
  assert.deepEqual(sent, [[cursor(7), 0]])
})

test('a stream that has ended says nothing more', () => {
  const { saver, sent, pass } = open()
  saver.onProgress(upTo(1))
  saver.end()
  pass(10 * MINUTE_MS)
  saver.onWaiting()
  assert.equal(sent.length, 1)
})

test('a state that tells many parents apart is sent less often', () => {
  const { saver, sent, pass } = open()
  const parents = new Map(Array.from({ length: 50_000 }, (_, index) => [String(index), 'all' as const]))
  for (let minute = 0; minute < 11; minute++) {
    saver.onProgress({ ...upTo(minute), parents })
    pass(MINUTE_MS)
  }
  assert.deepEqual(
    sent.map(([at]) => at),
    [cursor(0), cursor(5), cursor(10)],
  )
})

test('20,000 parents are told every two minutes, and not a moment sooner', () => {
  const { saver, sent, pass } = open()
  const parents = new Map(Array.from({ length: 20_000 }, (_, index) => [`p${index}`, 'all' as const]))
  const told = (minute: number) => saver.onProgress({ ...upTo(minute), parents })
  told(1)
  pass(2 * MINUTE_MS - 1)
  told(2)
  assert.equal(sent.length, 1)
  pass(1)
  told(3)
  assert.equal(sent.length, 2)
})
