import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createCollect } from './bodies.ts'
import type { Buffers } from './buffers.ts'

const BOUNDS = { maxBytes: 100, freeBytes: 10 }
const bodyOf = (...pieces: readonly string[]) => Readable.from(pieces.map(piece => Buffer.from(piece)))

/** A body that comes piece by piece, and how many bytes wait for somebody to take them. */
function drip() {
  const body = new PassThrough()
  const write = async (bytes: number) => {
    body.write('x'.repeat(bytes))
    await nextTurn()
    await nextTurn()
  }
  return { body, write, left: () => body.readableLength }
}

/** Buffers, the sizes that were taken of them, and what was given back. */
function watched() {
  const taken: number[] = []
  const given: Buffer[] = []
  const buffers: Buffers = {
    take(size) {
      taken.push(size)
      return Buffer.alloc(size)
    },
    give: bytes => void given.push(bytes),
  }
  return { taken, given, buffers }
}

const rows: { says: string; in: readonly string[]; out: string }[] = [
  { says: 'nothing', in: [], out: '' },
  { says: 'a piece', in: ['abc'], out: 'abc' },
  { says: 'many pieces', in: ['abc', 'def', '0123456789'], out: 'abcdef0123456789' },
  { says: 'as much as is accepted', in: ['x'.repeat(100)], out: 'x'.repeat(100) },
]

for (const row of rows) {
  test(`a body of ${row.says} is taken in`, async () => {
    assert.equal(`${await createCollect(BOUNDS)(bodyOf(...row.in), '/a')}`, row.out)
  })
}

for (const expected of [1, 3, 16, 1000, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY, -5, 0.5]) {
  test(`a body that is said to have ${expected} bytes comes as it is`, async () => {
    const body = bodyOf('abc', 'def', '0123456789')
    assert.equal(`${await createCollect(BOUNDS)(body, '/a', expected)}`, 'abcdef0123456789')
  })
}

test('a body whose size was told takes memory once, and never more than a megabyte on that word alone', async () => {
  const { taken, buffers } = watched()
  const collect = createCollect({ ...BOUNDS, buffers })
  await collect(bodyOf('abc', 'def', '0123456789'), '/a', 16)
  await collect(bodyOf('abc'), '/a', 2 ** 40)
  assert.deepEqual(taken, [16, 2 ** 20])
})

test('a body above a megabyte takes its memory when all of it is there', async () => {
  const { taken, buffers } = watched()
  const collect = createCollect({ maxBytes: 2 ** 23, freeBytes: 2 ** 23, buffers })
  const pieces = ['a', 'b', 'c', 'd', 'e'].map(letter => letter.repeat(2 ** 19))
  assert.equal(`${await collect(bodyOf(...pieces), '/a')}`, pieces.join(''))
  assert.deepEqual(taken, [2 ** 19, 2 ** 20, 5 * 2 ** 19])
})

test('memory that a body outgrew is given back', async () => {
  const { given, buffers } = watched()
  await createCollect({ ...BOUNDS, buffers })(bodyOf('abc', 'def'), '/a')
  assert.deepEqual(given.map(String), ['abc'])
})

test('a body above the limit is refused, and what is left of it is not read', async () => {
  const body = bodyOf('x'.repeat(60), 'x'.repeat(41), 'more')
  const message = 'the answer to /a is larger than 100 bytes'
  await assert.rejects(createCollect(BOUNDS)(body, '/a'), { code: 'ETOOBIG', message })
  assert.ok(body.destroyed)
})

test('of large bodies one at a time comes in whole, in their order; small ones pass', async () => {
  const collect = createCollect(BOUNDS)
  const [one, other, small] = [drip(), drip(), drip()]
  const first = collect(one.body, '/1')
  const second = collect(other.body, '/2')
  const third = collect(small.body, '/3')
  await one.write(11)
  await other.write(11)
  await other.write(20)
  await one.write(20)
  await small.write(9)
  assert.deepEqual([one.left(), other.left()], [0, 20])
  small.body.end()
  assert.equal((await third).length, 9)
  one.body.end()
  assert.equal((await first).length, 31)
  other.body.end()
  assert.equal((await second).length, 31)
})

for (const [says, end] of [
  ['breaks', (body: PassThrough) => body.destroy(new Error('reset'))],
  ['is too large', (body: PassThrough) => body.write('x'.repeat(100))],
] as const) {
  test(`a large body that ${says} lets the next one in`, async () => {
    const collect = createCollect(BOUNDS)
    const [one, other] = [drip(), drip()]
    const first = assert.rejects(collect(one.body, '/1'))
    const second = collect(other.body, '/2')
    await one.write(11)
    await other.write(11)
    end(one.body)
    await first
    other.body.end()
    assert.equal((await second).length, 11)
  })
}

test('a large body that breaks while it waits is told when its turn comes', async () => {
  const collect = createCollect(BOUNDS)
  const [one, other] = [drip(), drip()]
  const first = collect(one.body, '/1')
  const second = assert.rejects(collect(other.body, '/2'), { message: 'reset' })
  await one.write(11)
  await other.write(11)
  other.body.destroy(new Error('reset'))
  one.body.end()
  await Promise.all([first, second])
})
