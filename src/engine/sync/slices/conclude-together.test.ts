import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, NOW, things } from '../../testing.ts'
import { passOverGone } from './conclude.ts'
import type { SliceEvidence } from './slice.ts'
import { CUT, openStream, shortBy } from './slices-testing.ts'

test('answers with another id each are how the API names its records, where none has its own', () => {
  const { see, evidence, texts } = openStream()
  for (const otherId of ['x', 'y', 'z']) see({ otherId })
  evidence.end()
  assert.deepEqual(texts(), ['end seen', 'end seen', 'end seen'])
})

test('they are not, where one has its own', () => {
  const { see, evidence, texts } = openStream()
  see({ own: 1 })
  for (const otherId of ['x', 'y', 'z']) see({ otherId })
  evidence.end()
  assert.deepEqual(texts().filter(text => text.startsWith('short: ')).length, 3)
})

test('an empty answer is none with its own id', () => {
  const { see, evidence, texts } = openStream()
  see({ own: 0, distinct: 0 })
  for (const otherId of ['x', 'y', 'z']) see({ otherId })
  evidence.end()
  assert.deepEqual(new Set(texts()), new Set(['end seen']))
})

test('a count that turned out to be none by the end is no reason to doubt', () => {
  const { see, evidence, context, texts } = openStream()
  see(shortBy(1))
  context.routes.of({ path: '/things' }).sawSurplus('all')
  evidence.end()
  assert.deepEqual(texts(), ['end seen'])
})

test('so is one that is known to be too large by as much', () => {
  for (const [surplus, out] of [
    [2, 'end seen'],
    [1, 'short'],
  ] as const) {
    const { see, evidence, context, texts } = openStream()
    see(shortBy(2))
    context.routes.of({ path: '/things' }).sawSurplus(surplus)
    evidence.end()
    assert.match(texts()[0] ?? '', new RegExp(`^${out}`))
  }
})

const foreignRows: readonly { says: string; found: Partial<SliceEvidence>; out: RegExp }[] = [
  { says: 'and are all it counts is whole', found: {}, out: /^end seen$/ },
  { says: 'and are fewer than it counts is short', found: shortBy(1), out: /^short: / },
  { says: 'and break off is cut off', found: CUT, out: /^capped: / },
]

for (const { says, found, out } of foreignRows)
  test(`beside a part with records of its own, one whose rows name other parents ${says}`, () => {
    const { see, evidence, texts } = openStream()
    see({ ...found, own: 0, foreign: 4 }, { window: { from: 0, to: HOUR } })
    see({ own: 1 })
    evidence.end()
    assert.match(texts().find(text => text !== 'end seen') ?? 'end seen', out)
  })

test('the moment of the newest record is known from then on', () => {
  const { see, evidence } = openStream()
  see({ newestMs: NOW - HOUR })
  assert.equal(evidence.frontier.bound(NOW), NOW - HOUR)
})

test('a parent that is gone is counted, and no reason to doubt where another is there', () => {
  const { see, settle, input, context, texts } = openStream()
  passOverGone(input, settle)
  assert.deepEqual([context.tally.gone, texts()], [1, []])
  see()
  assert.deepEqual(texts(), ['gone', 'end seen'])
})

test('where all parents are gone, that is noted by default', () => {
  const { input, evidence } = openStream()
  for (const _ of [1, 2, 3]) passOverGone(input)
  evidence.end()
  assert.match(String(evidence.open.error('things')), /the API says of every parent/)
})

const again: readonly {
  says: string
  found: Partial<SliceEvidence>
  keys?: readonly string[]
  later?: Partial<SliceEvidence>
  out: string
}[] = [
  {
    says: 'that was read again unchanged is believed',
    found: { ...shortBy(1), again: 'stable' },
    out: 'found so again',
  },
  { says: 'that was not read again is not', found: shortBy(1), out: 'short' },
  { says: 'without keys cannot be, and is believed', found: shortBy(1), keys: [], out: 'found so again' },
  { says: 'that lacks as many keys as before is believed', found: { unkeyed: 1 }, out: 'found so again' },
  { says: 'that lacks one more is not', found: { unkeyed: 1 }, later: { unkeyed: 2 }, out: 'short' },
]

for (const { says, found, keys: primaryKey = ['id'], later = found, out } of again)
  test(`an hour later a slice ${says}`, () => {
    const def = things({ primaryKey })
    const before = openStream(def)
    before.see(found, { parent: { id: 'p' } })
    before.evidence.end()
    const known = before.evidence.shortages.list().map(one => ({ ...one, sinceMs: NOW - HOUR }))
    const { see, evidence, texts } = openStream(def, known)
    see(later, { parent: { id: 'p' } })
    evidence.end()
    assert.equal(texts()[0]?.split(':')[0], out)
  })

test('a slice that is whole is short no more', () => {
  const window = { from: NOW - HOUR, to: NOW }
  const short = { parent: 'p', window, came: 4, claimed: 5, print: '', sinceMs: NOW }
  const { see, evidence } = openStream(things(), [short, { ...short, parent: 'q' }])
  see({}, { window, parent: { id: 'p' } })
  assert.deepEqual(
    evidence.shortages.list().map(({ parent }) => parent),
    ['q'],
  )
})
