import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Span } from '../../time/spans.ts'
import { createPlanTrial } from './plan-trial.ts'

const WHOLE: Span = { from: 1000, to: 1400 }
const span = (from: number, to: number): Span => ({ from, to })

/** Claims of windows, after a window that seemed to hold 100 records was split. */
const rows: readonly { says: string; claims: readonly (readonly [Span, number])[]; out: boolean[] }[] = [
  {
    says: 'two parts a fourth as long that claim nine tenths of the whole are not planned with',
    claims: [
      [span(1000, 1100), 90],
      [span(1300, 1400), 90],
      [span(1100, 1200), 5],
    ],
    out: [true, false, false],
  },
  {
    says: 'less than nine tenths are',
    claims: [
      [span(1000, 1100), 89],
      [span(1100, 1200), 89],
    ],
    out: [true, true],
  },
  {
    says: 'parts that are longer are',
    claims: [
      [span(1000, 1101), 99],
      [span(1100, 1201), 99],
    ],
    out: [true, true],
  },
  {
    says: 'windows that begin before it are',
    claims: [
      [span(999, 1090), 99],
      [span(999, 1090), 99],
    ],
    out: [true, true],
  },
  {
    says: 'windows that end after it are',
    claims: [
      [span(1310, 1401), 99],
      [span(1310, 1401), 99],
    ],
    out: [true, true],
  },
]
for (const { says, claims, out } of rows)
  test(says, () => {
    const trial = createPlanTrial()
    trial.split(WHOLE, 100)
    assert.deepEqual(
      claims.map(([window, claim]) => trial.isTrusted(window, claim)),
      out,
    )
  })

test('as long as nothing was split, every claim is planned with', () => {
  const trial = createPlanTrial()
  assert.deepEqual(
    [1, 2, 3].map(() => trial.isTrusted(span(1000, 1001), 100)),
    [true, true, true],
  )
})

test('a claim is held against the window that was split last', () => {
  const trial = createPlanTrial()
  trial.split(WHOLE, 1000)
  trial.split(span(1000, 1200), 100)
  assert.deepEqual(
    [1, 2].map(() => trial.isTrusted(span(1000, 1050), 100)),
    [true, false],
  )
})
