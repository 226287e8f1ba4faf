import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createQueue, writeNowTo } from './queue.ts'

/** A pipe with room for so many bytes, which its reader makes. Both ways of writing lead into it; the stream's waits for room. */
function pipe() {
  let room = 0
  let got = ''
  let waiting: (() => void) | undefined
  const pour = (bytes: Buffer) => {
    const count = Math.min(room, bytes.length)
    room -= count
    got += bytes.subarray(0, count)
    return count
  }
  const handed: string[] = []
  const stream = new Writable({
    highWaterMark: 1,
    write(bytes: Buffer, _, done) {
      handed.push(String(bytes))
      const rest = bytes.subarray(pour(bytes))
      if (rest.length === 0) return done()
      waiting = () => {
        got += rest
        done()
      }
    },
  })
  return {
    stream,
    handed,
    writeNow: pour,
    got: () => got,
    makeRoom(bytes: number) {
      room += bytes
    },
    takeWaiting() {
      waiting?.()
    },
  }
}

const batch = (text: string, release = () => {}) => ({ bytes: Buffer.from(text), release })

test('what the reader has room for is written at once, past the stream, and its buffer is free again', () => {
  const { stream, handed, writeNow, got, makeRoom } = pipe()
  const queue = createQueue(stream, writeNow)
  const released: string[] = []
  makeRoom(100)
  for (const text of ['one ', 'two ', 'three']) queue.push(batch(text, () => released.push(text)))
  assert.equal(got(), 'one two three')
  assert.deepEqual(released, ['one ', 'two ', 'three'])
  assert.deepEqual(handed, [])
  assert.equal(queue.behind(), undefined)
})

test('a reader that makes room before the event loop turns is written to past the stream, in order', async () => {
  const { stream, handed, writeNow, got, makeRoom } = pipe()
  const queue = createQueue(stream, writeNow)
  makeRoom(6)
  queue.push(batch('one two '))
  assert.equal(got(), 'one tw')
  makeRoom(3)
  queue.push(batch('three '))
  assert.equal(got(), 'one two t')
  makeRoom(100)
  queue.push(batch('four'))
  assert.equal(got(), 'one two three four')
  await turn()
  assert.deepEqual(handed, [])
})

test('what the reader has no room for goes to the stream, one batch at a time, and past it again when it has caught up', async () => {
  const { stream, handed, writeNow, got, makeRoom, takeWaiting } = pipe()
  const queue = createQueue(stream, writeNow)
  for (const text of ['one ', 'two ', 'three ']) queue.push(batch(text))
  const behind = queue.behind()
  await turn()
  assert.deepEqual([handed, got()], [['one '], ''])
  makeRoom(6)
  queue.push(batch('four'))
  assert.equal(got(), '', 'nothing overtakes what the stream has')
  takeWaiting()
  await turn()
  assert.equal(got(), 'one two th')
  assert.deepEqual(handed, ['one ', 'ree '])
  makeRoom(100)
  takeWaiting()
  await behind
  assert.equal(got(), 'one two three four')
  assert.equal(queue.behind(), undefined)
})

test('all who wait for a slow reader go on together, and nobody waits for a queue that is closed', async () => {
  const { stream, writeNow, makeRoom, takeWaiting } = pipe()
  const queue = createQueue(stream, writeNow)
  queue.push(batch('one'))
  const waiting = [queue.behind(), queue.behind()]
  await turn()
  makeRoom(100)
  takeWaiting()
  await Promise.all(waiting)
  makeRoom(-100)
  queue.push(batch('two'))
  const behind = queue.behind()
  queue.close()
  await behind
  queue.push(batch('three'))
  assert.equal(queue.behind(), undefined)
})

test('a pipe that cannot be written to takes nothing; that it is broken is for the stream to say', () => {
  const fd = openSync('/dev/null', 'r')
  assert.equal(writeNowTo(fd)(Buffer.from('lost')), 0)
  closeSync(fd)
})

test('a reader that pauses in the middle of two megabytes receives every byte once, in order', async () => {
  const program = `
    import { createOutput } from '${new URL('output.ts', import.meta.url)}'
    import { writeNowTo } from '${new URL('queue.ts', import.meta.url)}'
    const output = createOutput(process.stdout, () => process.exit(9), writeNowTo(1))
    for (let number = 0; number < 20_000; number++) {
      output.append(String(number).padEnd(99, '.') + '\\n')
      if (number % 1_000 === 0) await output.ready()
    }
    await output.flush()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let got = ''
  let pieces = 0
  for await (const piece of child.stdout) {
    got += piece
    if (pieces++ % 5 === 0) for (let turns = 0; turns < 100; turns++) await turn()
  }
  const expected = Array.from({ length: 20_000 }, (_, number) => `${String(number).padEnd(99, '.')}\n`)
  assert.ok(got === expected.join(''))
  assert.deepEqual(await exited, [0, null])
})
