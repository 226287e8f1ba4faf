import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAnsweredIds } from './answered-ids.ts'

const rows: readonly { says: string; others: readonly string[]; hasOwn?: boolean; out: boolean }[] = [
  { says: 'three records of three other ids', others: ['a', 'b', 'c'], out: true },
  { says: 'two', others: ['a', 'b'], out: false },
  { says: 'three records of the same other id', others: ['a', 'a', 'a'], out: false },
  { says: 'four records of which two are the same', others: ['a', 'b', 'c', 'a'], out: false },
  { says: 'three, where one record has its own id', others: ['a', 'b', 'c'], hasOwn: true, out: false },
]
for (const { says, others, hasOwn = false, out } of rows)
  test(`${says} are ${out ? 'how the API names them' : 'mistakes'}`, () => {
    const ids = createAnsweredIds()
    const told: boolean[] = []
    for (const id of others) ids.sawOther(id, isNaming => told.push(isNaming))
    if (hasOwn) ids.sawOwn()
    assert.deepEqual(told, [], 'nobody is told before the end')
    ids.end()
    ids.end()
    assert.deepEqual(
      told,
      others.map(() => out),
    )
  })
