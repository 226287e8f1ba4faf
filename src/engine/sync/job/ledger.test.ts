import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf, NOTHING_READ, type ParentCoverage, type Progress } from '../../state/progress.ts'
import { createLedger } from './ledger.ts'

const A = { parent: { id: 'a' } }
const B = { parent: { id: 'b' } }
const COMMON = [{ from: 1, to: 5 }]
const OWN = { closed: [{ from: 1, to: 3 }] }
const before = (more: Partial<Progress> = {}): Progress => ({ ...NOTHING_READ, closed: COMMON, ...more })
const MIXED = new Map<string, ParentCoverage>([
  ['a', OWN],
  ['b', 'all'],
])
const many = Array.from({ length: 1001 }, (_, index) => ({ parent: { id: `p${index}` } }))

test('a stream without partitions has one coverage', () => {
  const ledger = createLedger(before())
  const name = ledger.nameOf({})
  assert.deepEqual(ledger.coverageOf(name).closed, COMMON)
  ledger.put(name, OWN)
  assert.deepEqual([ledger.coverageOf(name), ledger.common(), ledger.parents()], [OWN, OWN, {}])
  ledger.gather()
  assert.deepEqual(ledger.common(), OWN)
})

test('what was known of parents is known still where they are not told apart in a run', () => {
  const parents = new Map([['a', OWN]])
  assert.deepEqual(createLedger(before({ parents })).parents(), { parents })
  assert.deepEqual(createLedger(before({ parents, hashed: true })).parents(), { parents, hashed: true })
})

test('where a state tells no parents apart, each has what the stream has; nothing where that is nothing', () => {
  const ledger = createLedger(before())
  ledger.partition([A], true)
  assert.deepEqual(ledger.parents(), { parents: new Map([['a', 'all']]) })
  const empty = createLedger(NOTHING_READ)
  empty.partition([A], true)
  assert.deepEqual(empty.parents(), { parents: new Map() })
})

test('each parent has its own coverage, that of the stream where it is the same, and none where it is new', () => {
  const ledger = createLedger(
    before({
      parents: MIXED,
    }),
  )
  ledger.partition([A, B, { parent: { id: 'new' } }], true)
  assert.deepEqual(
    ['a', 'b', 'new'].map(name => ledger.coverageOf(name).closed),
    [OWN.closed, COMMON, []],
  )
})

test('parents that went away are forgotten, unless the list may not be whole', () => {
  const parents = new Map([
    ['a', OWN],
    ['gone', OWN],
  ] as const)
  for (const [isWhole, names] of [
    [true, ['a']],
    [false, ['a', 'gone']],
  ] as const) {
    const ledger = createLedger(before({ parents }))
    ledger.partition([A], isWhole)
    assert.deepEqual([...(ledger.parents().parents ?? [])].map(([name]) => name).sort(), names)
  }
})

test('more than a thousand parents are named by hashes, and what is known of them goes along', () => {
  const ledger = createLedger(before({ parents: new Map([['p7', OWN]]) }))
  ledger.partition(many, true)
  assert.equal(ledger.nameOf({ parent: { id: 'p7' } }), hashOf('p7'))
  assert.deepEqual(ledger.parents(), { parents: new Map([[hashOf('p7'), OWN]]), hashed: true })
  const back = createLedger(before({ parents: new Map([[hashOf('a'), OWN]]), hashed: true }))
  back.partition([A], true)
  assert.deepEqual(back.parents(), { parents: new Map([['a', OWN]]) })
})

test('a thousand are named by their ids', () => {
  const ledger = createLedger(NOTHING_READ)
  ledger.partition(many.slice(0, 1000), true)
  assert.equal(ledger.nameOf(A), 'a')
})

test('names of another kind are not kept beside those of a list that may not be whole', () => {
  const ledger = createLedger(before({ parents: new Map([[hashOf('gone'), OWN]]), hashed: true }))
  ledger.partition([A], false)
  assert.deepEqual(ledger.parents(), { parents: new Map() })
  const hashed = createLedger(before({ parents: new Map([[hashOf('gone'), OWN]]), hashed: true }))
  hashed.partition(many, false)
  assert.equal(hashed.parents().parents?.get(hashOf('gone')), OWN)
})

test('at the end, what most parents have becomes the stream’s own', () => {
  const ledger = createLedger(before({ parents: new Map([['c', 'all']]) }))
  ledger.partition([A, B, { parent: { id: 'c' } }], true)
  ledger.put('a', OWN)
  ledger.put('b', { ...OWN })
  ledger.gather()
  assert.deepEqual(ledger.common(), OWN)
  const { parents } = ledger.parents()
  assert.deepEqual([parents?.get('a'), parents?.get('b')], ['all', 'all'])
  const c = parents?.get('c')
  assert.deepEqual(c === 'all' ? c : c?.closed, COMMON)
})

test('where that is what the stream has, it stays', () => {
  const ledger = createLedger(before())
  ledger.partition([A, B], true)
  ledger.gather()
  assert.deepEqual(ledger.common().closed, COMMON)
  assert.deepEqual(
    ledger.parents().parents,
    new Map([
      ['a', 'all'],
      ['b', 'all'],
    ]),
  )
})
