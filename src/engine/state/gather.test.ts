import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Coverage } from '../time/coverage.ts'
import { gather } from './gather.ts'
import type { ParentCoverage } from './progress.ts'

const upTo = (to: number): Coverage => ({ closed: [{ from: 0, to }] })
const BEFORE = upTo(1)

const rows: readonly {
  says: string
  in: Readonly<Record<string, ParentCoverage>>
  common: Coverage
  out: Readonly<Record<string, ParentCoverage>>
}[] = [
  { says: 'no parents have what there was before', in: {}, common: BEFORE, out: {} },
  { says: 'what one parent has is common', in: { a: upTo(9) }, common: upTo(9), out: { a: 'all' } },
  {
    says: 'what most have is common, and the others keep what they have',
    in: { a: upTo(5), b: upTo(9), c: upTo(9) },
    common: upTo(9),
    out: { a: upTo(5), b: 'all', c: 'all' },
  },
  {
    says: 'those that stood for what was before keep that where others are more',
    in: { a: 'all', b: upTo(9), c: upTo(9) },
    common: upTo(9),
    out: { a: BEFORE, b: 'all', c: 'all' },
  },
  {
    says: 'where most of them stand for what was before, it stays',
    in: { a: 'all', b: 'all', c: upTo(9) },
    common: BEFORE,
    out: { a: 'all', b: 'all', c: upTo(9) },
  },
]

for (const row of rows)
  test(`what parents have in common: ${row.says}`, () => {
    const { common, parents } = gather(new Map(Object.entries(row.in)), BEFORE)
    assert.deepEqual([common, Object.fromEntries(parents)], [row.common, row.out])
  })
