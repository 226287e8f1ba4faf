import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBuffers } from './buffers.ts'

const SIZE = 100_000

test('what was returned is used again for what fits into it', () => {
  const buffers = createBuffers()
  const first = buffers.take(SIZE)
  buffers.give(first)
  const second = buffers.take(SIZE - 1)
  assert.deepEqual([second.length, second.buffer === first.buffer], [SIZE - 1, true])
  buffers.give(second)
  assert.equal(buffers.take(SIZE).buffer, first.buffer)
})

test('what does not fit gets memory of its own', () => {
  const buffers = createBuffers()
  buffers.give(buffers.take(SIZE))
  assert.equal(buffers.take(10 * SIZE).length, 10 * SIZE)
})

test('what is lent is lent once, also when it was returned twice', () => {
  const buffers = createBuffers()
  const given = buffers.take(SIZE)
  buffers.give(given)
  buffers.give(given)
  const [one, other] = [buffers.take(SIZE), buffers.take(SIZE)]
  assert.notEqual(one.buffer, other.buffer)
})

test('bytes from elsewhere, and small ones, which share their memory, are not kept', () => {
  const buffers = createBuffers()
  const [stranger, small] = [Buffer.alloc(SIZE), buffers.take(100)]
  buffers.give(stranger)
  buffers.give(small)
  assert.notEqual(buffers.take(SIZE).buffer, stranger.buffer)
  assert.notEqual(buffers.take(1000).buffer, buffers.take(SIZE).buffer)
})

test('no more than six megabytes are kept', () => {
  const buffers = createBuffers()
  const large = Array.from({ length: 7 }, () => buffers.take(2 ** 20))
  for (const one of large) buffers.give(one)
  const again = Array.from({ length: 7 }, () => buffers.take(2 ** 20).buffer)
  assert.equal(large.filter(({ buffer }) => again.includes(buffer)).length, 6)
})
