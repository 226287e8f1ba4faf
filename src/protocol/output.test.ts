import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { createOutput } from './output.ts'

const LOG = { type: 'LOG', log: { level: 'INFO', message: 'Ünder way' } } as const
const LINE = '{"type":"LOG","log":{"level":"INFO","message":"Ünder way"}}\n'
const LARGE = `${'x'.repeat(200_000)}\n`

/** A reader that takes one chunk at a time, when it is told to. */
function slowReader() {
  const chunks: Buffer[] = []
  let taken = () => {}
  const stream = new Writable({
    highWaterMark: 1_000,
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      taken = done
    },
  })
  return { stream, chunks, take: () => taken() }
}

/** Whether the promise is settled once everything that is due has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  promise.then(() => {
    settled = true
  })
  await new Promise(setImmediate)
  return settled
}

test('messages, lines and copied bytes leave in order, in one piece at the flush', async () => {
  const { stream, chunks, take } = slowReader()
  const output = createOutput(stream, assert.fail)
  const bytes = Buffer.from('[{"id":1}]')
  output.send(LOG)
  output.append('{"a":1}\n{"a":2}\n')
  output.copy(Buffer.from('{"data":'), bytes, 1, 9, Buffer.from('}\n'))
  bytes.fill('?')
  assert.deepEqual(chunks, [])
  const flushed = output.flush()
  assert.equal(Buffer.concat(chunks).toString(), `${LINE}{"a":1}\n{"a":2}\n{"data":{"id":1}}\n`)
  assert.equal(chunks.length, 1)
  assert.equal(await isSettled(flushed), false)
  take()
  await new Promise(setImmediate)
  take()
  assert.equal(await isSettled(flushed), true)
})

test('a flush of nothing resolves', async () => {
  const { stream, chunks, take } = slowReader()
  const flushed = createOutput(stream, assert.fail).flush()
  take()
  await flushed
  assert.equal(Buffer.concat(chunks).length, 0)
})

test('a batch leaves when it is full, without a flush', () => {
  const { stream, chunks } = slowReader()
  const output = createOutput(stream, assert.fail)
  for (let line = 0; line < 700; line++) output.append(`${'y'.repeat(99)}\n`)
  assert.equal(chunks.length, 1)
  assert.ok((chunks[0]?.length ?? 0) > 60_000)
})

test('while the reader keeps up, the output is ready', async () => {
  const output = createOutput(new PassThrough({ highWaterMark: 1_000_000 }), assert.fail)
  output.append(LARGE)
  assert.equal(await isSettled(output.ready()), true)
})

test('while the reader is slow, the output is not ready until the reader has taken all', async () => {
  const { stream, take } = slowReader()
  const output = createOutput(stream, assert.fail)
  output.append(LARGE)
  output.append(LARGE)
  const ready = output.ready()
  assert.equal(await isSettled(ready), false)
  take()
  assert.equal(await isSettled(ready), false)
  take()
  assert.equal(await isSettled(ready), true)
  assert.equal(await isSettled(output.ready()), true)
})

test('what waits for a slow reader is not overwritten by what follows', async () => {
  let taken = ''
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      setImmediate(() => {
        taken += chunk
        done()
      })
    },
  })
  const output = createOutput(stream, assert.fail)
  const lines = Array.from({ length: 30_000 }, (_, number) => `{"number":${number}}\n`)
  for (const line of lines) output.append(line)
  await output.flush()
  assert.ok(taken === lines.join(''))
})

test('a reader that goes away is reported once, and lets nobody wait', async () => {
  const { stream, chunks } = slowReader()
  let closed = 0
  const output = createOutput(stream, () => closed++)
  output.append(LARGE)
  const ready = output.ready()
  stream.destroy(new Error('EPIPE'))
  await ready
  await new Promise(setImmediate)
  assert.equal(closed, 1)
  output.send(LOG)
  output.append(LARGE)
  await output.ready()
  await output.flush()
  assert.deepEqual([closed, chunks.length], [1, 1])
})

test('a disk that is full is told of, once', async () => {
  const codes: unknown[] = []
  const closed = Promise.withResolvers<void>()
  const output = createOutput(createWriteStream('/dev/full'), error => {
    codes.push(error?.code)
    closed.resolve()
  })
  output.append(LARGE)
  await closed.promise
  output.append(LARGE)
  await output.flush()
  assert.deepEqual(codes, ['ENOSPC'])
})

test('a program that reads one line and ends, ends the output quietly', async () => {
  const reader = spawn('head', ['-n', '1'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = Promise.withResolvers<void>()
  const output = createOutput(reader.stdin, () => closed.resolve())
  output.send(LOG)
  await output.flush()
  assert.equal(await text(reader.stdout), LINE)
  output.append(LARGE)
  await closed.promise
  output.send(LOG)
  await output.flush()
  assert.equal(reader.stdin.destroyed, true)
})
