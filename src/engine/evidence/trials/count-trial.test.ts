import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Span } from '../../time/spans.ts'
import { createCountTrial } from './count-trial.ts'

/** A trial to which these windows are told: each with what it claims and what came, and its halves if it was halved. */
interface Told {
  readonly claim: number
  readonly came: number
  readonly halves?: readonly Told[]
}

/** Whether so many windows refute the counts: read one after another, each before what it was halved into, or after all others. */
function isRefuted(windows: readonly Told[], order: 'in depth' | 'in breadth' = 'in depth'): boolean {
  const trial = createCountTrial()
  let from = 0
  const place = (told: Told) => ({ told, window: { from: ++from, to: ++from } as Span })
  const waiting = windows.map(place)
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { claim, came, halves } = next.told
    trial.read(next.window, { claim, came })
    if (halves === undefined) continue
    const placed = halves.map(place)
    trial.halved(
      next.window,
      placed.map(({ window }) => window),
    )
    waiting.splice(order === 'in depth' ? 0 : waiting.length, 0, ...placed)
  }
  return trial.isRefuted()
}

const whole = (count: number): Told => ({ claim: count, came: count })
const times = (count: number, told: Told) => Array.from({ length: count }, () => told)

const accounts = [
  { says: 'windows that hold what they claim are no evidence', in: times(50, whole(10)), out: false },
  {
    says: 'neither is one whose halves hold what it claimed',
    in: [{ claim: 24, came: 22, halves: [whole(12), whole(12)] }],
    out: false,
  },
  {
    says: 'nor one whose halves hold more, which came meanwhile',
    in: [{ claim: 24, came: 22, halves: [whole(12), whole(20)] }],
    out: false,
  },
  {
    says: 'nor one of whose halves a single one is short, however many came meanwhile',
    in: [{ claim: 24, came: 22, halves: [{ claim: 12, came: 11 }, whole(20)] }],
    out: false,
  },
  {
    says: 'nor one whose halves, both short, claim two more',
    in: [{ claim: 100, came: 98, halves: times(2, { claim: 51, came: 50 }) }],
    out: false,
  },
  {
    says: 'nor one record that never comes, however often its window is halved',
    in: [
      {
        claim: 9,
        came: 8,
        halves: [{ claim: 5, came: 4, halves: [whole(2), { claim: 3, came: 2 }] }, whole(4)],
      },
    ],
    out: false,
  },
  {
    says: 'halves that together claim three more than the whole, and are short, refute the counts',
    in: [
      {
        claim: 103,
        came: 100,
        halves: [
          { claim: 53, came: 50 },
          { claim: 53, came: 50 },
        ],
      },
    ],
    out: true,
  },
  {
    says: 'one too many in each is found out by quarters',
    in: [
      {
        claim: 101,
        came: 100,
        halves: times(2, { claim: 51, came: 50, halves: times(2, { claim: 26, came: 25 }) }),
      },
    ],
    out: true,
  },
  {
    says: 'so do halves that claim three where the whole claimed none',
    in: [
      {
        ...whole(0),
        halves: [
          { claim: 2, came: 1 },
          { claim: 1, came: 0 },
        ],
      },
    ],
    out: true,
  },
  {
    says: 'among many records one per cent is tolerated',
    in: [{ claim: 10_003, came: 10_000, halves: times(2, { claim: 5_003, came: 5_000 }) }],
    out: false,
  },
  {
    says: 'halves that are not read yet say nothing',
    in: [{ claim: 50, came: 3, halves: [] }],
    out: false,
  },
  {
    says: 'three windows that claim the same, and lack much, refute the counts',
    in: times(3, { claim: 50, came: 3 }),
    out: true,
  },
  { says: 'three that lack two do not', in: times(3, { claim: 50, came: 48 }), out: false },
  {
    says: 'nor do halves that hold what they claim, though they claim the same',
    in: times(3, { claim: 10, came: 9, halves: [whole(5), whole(5)] }),
    out: false,
  },
  {
    says: 'a window that held what it claims and is halved all the same takes nothing back',
    in: [{ ...whole(1), halves: [] }, ...times(5, { claim: 1, came: 0 })],
    out: true,
  },
  {
    says: 'one that is halved takes back itself alone',
    in: [{ claim: 10, came: 9, halves: [] }, ...times(5, { claim: 10, came: 9 })],
    out: true,
  },
  { says: 'two do not', in: times(2, { claim: 50, came: 3 }), out: false },
  { says: 'nor four that lack one record', in: times(4, { claim: 10, came: 9 }), out: false },
  { says: 'five do', in: times(5, { claim: 1, came: 0 }), out: true },
  {
    says: 'a window and its halves are not counted twice',
    in: [
      {
        claim: 50,
        came: 3,
        halves: [{ claim: 50, came: 3, halves: [{ claim: 50, came: 3 }, whole(0)] }, whole(0)],
      },
    ],
    out: false,
  },
]
for (const { says, in: windows, out } of accounts)
  test(says, () => {
    assert.equal(isRefuted(windows), out)
    assert.equal(isRefuted(windows, 'in breadth'), out)
  })

test('a count of everything is refuted by the first two halves, whatever of them is halved before it was read', () => {
  const all = (...halves: readonly Told[]): Told => ({ claim: 40, came: 4, halves })
  assert.equal(isRefuted([all(all(), all())], 'in breadth'), true)
  assert.equal(isRefuted([all(all(all(), all()), { claim: 0, came: 0 })], 'in breadth'), true)
})

test('a window that held what it claims may be halved: its claim still bounds that of its halves', () => {
  const half = { claim: 25, came: 24 }
  assert.equal(isRefuted([{ ...whole(50), halves: [half, half] }]), false)
})

test('a window that is read again counts once', () => {
  const trial = createCountTrial()
  const window = { from: 0, to: 1 }
  for (let reading = 0; reading < 6; reading++) trial.read(window, { claim: 50, came: 3 })
  assert.equal(trial.isRefuted(), false)
  for (const from of [1, 2]) trial.read({ from, to: from + 1 }, { claim: 50, came: 3 })
  assert.equal(trial.isRefuted(), true)
})
