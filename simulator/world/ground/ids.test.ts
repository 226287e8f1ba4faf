import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf, indexOf } from './ids.ts'

const indexes = [0, 1, 2, 65_535, 65_536, 16_777_215, 4_294_967_295]

test('an id is 32 hex digits and leads back to its index', () => {
  for (const index of indexes) {
    const id = idOf(7, 'calls', index)
    assert.match(id, /^[0-9a-f]{32}$/)
    assert.equal(indexOf(7, 'calls', id), index)
  }
})

test('an id means nothing under another seed or kind, with hyphens or in capitals', () => {
  const id = idOf(7, 'calls', 5)
  const hyphenated = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  const found = [indexOf(8, 'calls', id), indexOf(7, 'agents', id), indexOf(7, 'calls', hyphenated)]
  assert.deepEqual(
    [...found, indexOf(7, 'calls', id.toUpperCase())],
    [undefined, undefined, undefined, undefined],
  )
})

test('ten thousand ids are all different', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => idOf(1, 'calls', index))
  assert.equal(new Set(ids).size, ids.length)
})
