import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Defined, defined } from './optional.ts'

const rows: readonly { says: string; in: object; out: object }[] = [
  { says: 'a key without a value is left out', in: { a: 1, b: undefined }, out: { a: 1 } },
  {
    says: 'other empty values stay',
    in: { a: null, b: '', c: 0, d: false },
    out: { a: null, b: '', c: 0, d: false },
  },
  { says: 'nothing is left of nothing', in: { a: undefined }, out: {} },
  { says: 'only the object itself is looked at', in: { a: { b: undefined } }, out: { a: { b: undefined } } },
]

for (const { says, in: fields, out } of rows) {
  test(says, () => {
    assert.deepEqual(defined(fields), out)
  })
}

test('keys keep their order', () => {
  assert.deepEqual(Object.keys(defined({ b: 1, x: undefined, a: 2 })), ['b', 'a'])
})

test('a key called __proto__ is a key like any other', () => {
  assert.equal(JSON.stringify(defined(JSON.parse('{"__proto__": 1}'))), '{"__proto__":1}')
})

interface Timed {
  readonly name: 'a' | 'b'
  readonly end?: number
  readonly note?: string | null
}

/** Whether two types are the same, for the compiler. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

test('for the compiler, keys that may be undefined are optional and never undefined, and literals stay literals', () => {
  const isSame: Same<
    Defined<{ name: string; readonly end: number | undefined; note?: string | null }>,
    { name: string; readonly end?: number; note?: string | null }
  > = true
  const end: number | undefined = rows.length > 100 ? 1 : undefined
  const timed: Timed = defined({ name: 'a', end, note: null })
  assert.deepEqual([isSame, timed], [true, { name: 'a', note: null }])
})
