import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partitionId, type Slice } from './context.ts'

const rows: readonly { says: string; parent?: Slice['parent']; out: string }[] = [
  { says: 'a part of all has no name', out: '' },
  { says: 'a parent is known by its id', parent: { id: 'a' }, out: 'a' },
  { says: 'whatever is in it', parent: { id: '[a|b]' }, out: '[a|b]' },
  { says: 'several values are known by all of them', parent: { id: 'a', on: 'b' }, out: 'a|b' },
  { says: 'a bar in one of them is no end of it', parent: { id: 'a|b', on: 'c' }, out: '["a|b","c"]' },
  { says: 'wherever it is', parent: { id: 'a', on: 'b|c' }, out: '["a","b|c"]' },
  {
    says: 'nor do values spell such a name by themselves',
    parent: { id: '["a', on: 'b"]' },
    out: '["[\\"a","b\\"]"]',
  },
]

for (const { says, parent, out } of rows)
  test(says, () => assert.equal(partitionId(parent === undefined ? {} : { parent }), out))
