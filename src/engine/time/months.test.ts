import assert from 'node:assert/strict'
import { test } from 'node:test'
import { months } from './months.ts'

const at = (text: string) => Date.parse(`${text}Z`)
const NOW = at('2026-11-29T13:00')

const rows: readonly { says: string; from: string; to: string; cuts: readonly string[] }[] = [
  {
    says: 'a span is cut where months begin',
    from: '2023-12-15T08:00',
    to: '2024-03-02T10:00',
    cuts: ['2024-01-01T00:00', '2024-02-01T00:00', '2024-03-01T00:00'],
  },
  {
    says: 'one that ends where a month begins is not cut there',
    from: '2024-01-01T00:00',
    to: '2024-02-01T00:00',
    cuts: [],
  },
  { says: 'one within a month is not cut', from: '2024-01-05T00:00', to: '2024-01-09T00:00', cuts: [] },
  {
    says: 'what is younger than 30 days is not cut, since it may not be over',
    from: '2026-09-20T00:00',
    to: '2026-11-29T13:00',
    cuts: ['2026-10-01T00:00'],
  },
]

for (const { says, from, to, cuts } of rows) {
  test(says, () => {
    const bounds = [from, ...cuts, to].map(at)
    const expected = bounds.slice(1).map((end, index) => ({ from: bounds[index], to: end }))
    assert.deepEqual(months({ from: at(from), to: at(to) }, NOW), expected)
  })
}

test('a month that began exactly 30 days ago begins a part of its own, one that began later does not', () => {
  const span = { from: at('2026-09-20T00:00'), to: at('2026-10-31T00:00') }
  assert.equal(months(span, at('2026-10-31T00:00')).length, 2)
  assert.equal(months(span, at('2026-10-30T23:59')).length, 1)
})

test('a span of no time has no months', () => assert.deepEqual(months({ from: NOW, to: NOW }, NOW), []))
