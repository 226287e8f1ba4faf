import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Batch, createBatches } from './batch.ts'

const SIZE = 64 * 1024

/** Batches, and what was handed over: each as text, and released at once when `released`. */
function open(released = true) {
  const full: string[] = []
  const kept: Batch[] = []
  const batches = createBatches(batch => {
    full.push(batch.bytes.toString())
    if (released) batch.release()
    else kept.push(batch)
  })
  return { batches, full, kept }
}

test('small texts and bytes are gathered until they are asked for', () => {
  const { batches, full } = open()
  batches.text('one ')
  batches.bytes(Buffer.from('not two not'), 4, 8)
  batches.text('thrée')
  assert.deepEqual(full, [])
  batches.flush()
  assert.deepEqual(full, ['one two thrée'])
})

test('a batch that holds nothing is not handed over', () => {
  const { batches, full } = open()
  batches.flush()
  batches.text('')
  batches.flush()
  assert.deepEqual(full, [])
})

test('a batch is handed over before it would overflow', () => {
  const { batches, full } = open()
  const half = Buffer.alloc(SIZE / 2, 'a')
  batches.bytes(half, 0, half.length)
  batches.bytes(half, 0, half.length)
  assert.deepEqual(full, [])
  batches.bytes(Buffer.from('b'), 0, 1)
  assert.deepEqual(full, ['a'.repeat(SIZE)])
})

test('what is larger than a batch goes alone, after what came before it', () => {
  const { batches, full } = open()
  batches.text('before')
  batches.text('x'.repeat(SIZE))
  batches.text('between')
  const large = Buffer.alloc(SIZE + 1, 'y')
  batches.bytes(large, 0, large.length)
  assert.deepEqual(full, ['before', 'x'.repeat(SIZE), 'between', 'y'.repeat(SIZE + 1)])
})

test('a batch that is not released keeps its bytes, however much follows', () => {
  const { batches, full, kept } = open(false)
  for (let number = 0; number < 20; number++) {
    batches.text(`${number} `.repeat(100))
    batches.flush()
  }
  assert.deepEqual(
    kept.map(({ bytes }) => bytes.toString()),
    full,
  )
  assert.equal(new Set(kept.map(({ bytes }) => bytes.buffer)).size, 20)
})

test('the memory of a batch that is released is used again', () => {
  const memories = new Set<ArrayBufferLike>()
  const batches = createBatches(({ bytes, release }) => {
    memories.add(bytes.buffer)
    release()
  })
  for (let number = 0; number < 20; number++) {
    batches.text('x')
    batches.flush()
  }
  assert.equal(memories.size, 1)
})

test('bytes are copied, and may change afterwards', () => {
  const { batches, full } = open()
  const small = Buffer.from('small')
  batches.bytes(small, 0, 5)
  small.fill('?')
  batches.flush()
  assert.deepEqual(full, ['small'])
  const { batches: waiting, kept } = open(false)
  const large = Buffer.alloc(SIZE + 1, 'y')
  waiting.bytes(large, 0, large.length)
  large.fill('?')
  assert.equal(kept[0]?.bytes.toString(), 'y'.repeat(SIZE + 1))
})

test('whatever goes in comes out once, whole and in order', () => {
  const piece = fc.tuple(
    fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n'), maxLength: 9 }),
    fc.constantFrom(1, 7, 3_000),
    fc.boolean(),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 15 }), pieces => {
      const { batches, full } = open()
      let all = ''
      for (const [text, times, asBytes] of pieces) {
        const long = text.repeat(times)
        const bytes = Buffer.from(`<${long}>`)
        all += long
        if (asBytes) batches.bytes(bytes, 1, bytes.length - 1)
        else batches.text(long)
      }
      batches.flush()
      assert.ok(full.join('') === all)
    }),
    { numRuns: 50 },
  )
})
