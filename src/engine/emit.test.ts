import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { createOutput } from '../protocol/output.ts'
import { createStatus } from '../protocol/status.ts'
import { createEmitter } from './emit.ts'
import { compileFit } from './records/fit-schema.ts'
import type { Progress } from './state/progress.ts'

const START = Date.parse('2026-01-31T12:00:00Z')
const progressTo = (cursorMs: number): Progress => ({ cursorMs, closed: [], finished: false })

/** An emitter, a clock that is moved by hand, and the lines that came out. */
function open() {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  const output = createOutput(stream, () => undefined)
  let at = START
  const now = () => at
  const status = createStatus(output, 'calls', now)
  const fit = compileFit({ properties: { id: { type: 'string' }, count: { type: 'integer' } } })
  const emitter = createEmitter({ stream: 'calls', output, status, fit, now })
  const lines = async () => {
    await output.flush()
    return Buffer.concat(chunks).toString('utf8').trim().split('\n')
  }
  const said = async () => (await lines()).map(line => line.replace(/^\{"type":"(\w+)".*/, '$1'))
  const wait = (ms: number) => {
    at += ms
  }
  return { emitter, wait, lines, said }
}

test('a record goes out on a line of its own, shaped, with the time', async () => {
  const { emitter, lines } = open()
  await emitter.sink([{ json: { id: 'a', count: 1 } }, { json: { id: 'b', new: true } }])
  assert.deepEqual((await lines()).slice(1), [
    `{"type":"RECORD","record":{"stream":"calls","emitted_at":${START},"data":{"id":"a","count":1}}}`,
    `{"type":"RECORD","record":{"stream":"calls","emitted_at":${START},"data":{"id":"b","additional_fields":{"new":true}}}}`,
  ])
  assert.equal(emitter.records(), 2)
})

test('a record that is bytes still goes out as it came', async () => {
  const { emitter, lines } = open()
  const bytes = Buffer.from('[{"id" : "ä"}]')
  await emitter.sink([
    { bytes, start: 1, end: bytes.length - 1, key: 'ä', moment: undefined, parent: undefined },
  ])
  assert.equal(
    (await lines())[1],
    `{"type":"RECORD","record":{"stream":"calls","emitted_at":${START},"data":{"id" : "ä"}}}`,
  )
})

test('the first record says RUNNING; no record says nothing', async () => {
  const { emitter, said } = open()
  await emitter.sink([])
  await emitter.sink([{ json: { id: 'a' } }])
  await emitter.sink([{ json: { id: 'b' } }])
  assert.deepEqual(await said(), ['TRACE', 'RECORD', 'RECORD'])
})

test('progress is saved at once the first time, then about once a minute, and the last at the end', async () => {
  const { emitter, wait, lines } = open()
  for (const ms of [0, 30_000, 29_999, 1, 10_000]) {
    wait(ms)
    await emitter.sink([{ json: { id: 'a' } }])
    emitter.onProgress(progressTo(START + ms))
  }
  emitter.end()
  emitter.end()
  const states = (await lines()).filter(line => line.includes('"STATE"'))
  assert.deepEqual(
    states.map(line => line.replace(/.*"cursor":"([^"]+)".*"recordCount":([^}]+)}.*/, '$1 $2')),
    ['2026-01-31T12:00:00.000Z 1.0', '2026-01-31T12:00:00.001Z 3.0', '2026-01-31T12:00:10.000Z 1.0'],
  )
})

test('a state follows the records that it speaks of', async () => {
  const { emitter, said } = open()
  await emitter.sink([{ json: { id: 'a' } }])
  emitter.onProgress(progressTo(START))
  await emitter.sink([{ json: { id: 'b' } }])
  emitter.onProgress(progressTo(START + 1))
  emitter.end()
  assert.deepEqual(await said(), ['TRACE', 'RECORD', 'STATE', 'RECORD', 'STATE'])
})

test('without progress nothing is saved', async () => {
  const { emitter, said } = open()
  await emitter.sink([{ json: { id: 'a' } }])
  emitter.end()
  assert.deepEqual(await said(), ['TRACE', 'RECORD'])
})

test('while a stream stands still, its last progress is said once more about every minute', async () => {
  const { emitter, wait, said } = open()
  emitter.onProgress(progressTo(START))
  for (const ms of [59_999, 1, 59_999, 1]) {
    wait(ms)
    emitter.onWaiting()
  }
  emitter.end()
  wait(120_000)
  emitter.onWaiting()
  assert.deepEqual(await said(), ['STATE', 'STATE', 'STATE'])
})

test('the more parents a state tells apart, the less often it is saved', async () => {
  const { emitter, wait, said } = open()
  const parents = new Map(Array.from({ length: 30_000 }, (_, id) => [`p${id}`, 'all' as const]))
  const progress = { ...progressTo(START), parents }
  for (const ms of [0, 60_000, 60_000, 59_999, 1]) {
    wait(ms)
    emitter.onProgress(progress)
  }
  assert.deepEqual(await said(), ['STATE', 'STATE'])
})

test('columns that did not fit are counted', async () => {
  const { emitter } = open()
  await emitter.sink([{ json: { id: true, count: 'x' } }, { json: { id: 'b', count: 'y' } }])
  assert.deepEqual(
    [...emitter.misfits],
    [
      ['id', 1],
      ['count', 2],
    ],
  )
})

test('a record with a column that did not fit says in its meta that it was nulled', async () => {
  const { emitter, lines } = open()
  await emitter.sink([{ json: { id: 'a', count: 'many' } }])
  const { record } = JSON.parse((await lines())[1] ?? '')
  assert.deepEqual(record.data, { id: 'a', count: null, additional_fields: { count: 'many' } })
  assert.deepEqual(record.meta, {
    changes: [{ field: 'count', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' }],
  })
})
