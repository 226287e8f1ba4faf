import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf } from '../../simulator/facts.ts'
import type { Fact } from '../../src/survey/facts/fact.ts'
import { FACTS } from '../../src/survey/facts.ts'
import type { Survey } from '../../src/survey/survey.ts'
import { startAccount, surveyOf } from '../harness/survey.ts'
import { statsOf } from '../harness/sync.ts'

/** Each fact is measured on a simulator in which it is false, and on one that is like the account that was measured. */
const WORLDS = ['documented', 'seed'] as const
const facts: readonly Fact[] = FACTS

/** More than one way in which the filter of calls may be off. */
const FILTERS = [
  'filter-exclusive',
  'filter-floor:minute',
  'filter-floor:hour',
  'filter-inward:minute',
  'filter-inward:hour',
  'filter-shift:-3',
].map(fault => ({ id: 'time-filter', fault }))

for (const world of WORLDS) {
  test(`in the ${world} world a survey contradicts nothing`, async () => {
    await using simulator = await startAccount({ world })
    const found = await surveyOf(simulator)
    assert.deepEqual(contradicted(found), [])
    assert.equal(found.world, world)
    await assertCost(simulator, found)
  })

  for (const { id, fault } of [
    ...facts.filter(({ only }) => only === undefined || only === world),
    ...FILTERS,
  ]) {
    if (fault === undefined) continue
    test(`in the ${world} world a survey finds ${fault} out: ${id} is contradicted, and nothing else`, async () => {
      await using simulator = await startAccount({ world, faults: fault })
      const found = await surveyOf(simulator)
      assert.deepEqual(contradicted(found), [id])
      await assertCost(simulator, found)
      await assertRoundTrip(found)
    })
  }
}

test('several facts that do not hold at a time are told apart', async () => {
  const faults = 'no-total,no-pages,filter-shift:1,roles-text,no-scim,clock-skew:-600,max-window-days:31'
  await using simulator = await startAccount({ faults })
  const found = await surveyOf(simulator)
  assert.deepEqual(contradicted(found).toSorted(), [
    'clocks-agree',
    'pages-named',
    'roles-list',
    'scim-served',
    'time-filter',
    'total-named',
    'window-length',
  ])
  await assertRoundTrip(found)
})

test('with the load, a survey stays within its requests', async () => {
  await using simulator = await startAccount()
  const found = await surveyOf(simulator, { load: true })
  assert.deepEqual(
    found.load.map(({ in_flight, refused }) => [in_flight, refused]),
    [
      [1, 0],
      [4, 0],
      [8, 0],
    ],
  )
  await assertCost(simulator, found)
})

test('the load stops at the first refusal', async () => {
  await using simulator = await startAccount({ faults: 'every-429:90' })
  const found = await surveyOf(simulator, { load: true })
  const refused = found.load.findIndex(one => one.refused > 0)
  assert.ok(refused >= 0 && refused === found.load.length - 1)
})

test('an API that fails everywhere costs no more than the requests of a survey', async () => {
  await using simulator = await startAccount({ faults: 'status-503' })
  const found = await surveyOf(simulator)
  assert.deepEqual(contradicted(found), [])
  await assertCost(simulator, found)
})

test('whether counts settle is unknown without an earlier survey, and told with one', async () => {
  await using simulator = await startAccount({ calls: 5000, days: 3 })
  const earlier = await surveyOf(simulator)
  assert.equal(earlier.facts['counts-settle'].verdict, 'unknown')
  const same = await surveyOf(simulator, { earlier })
  assert.equal(same.facts['counts-settle'].verdict, 'confirmed')
  const [first, ...others] = earlier.settling
  assert.ok(first !== undefined && first.count > 0)
  const less = { settling: [{ ...first, count: first.count - 1 }, ...others] }
  const later = await surveyOf(simulator, { earlier: less })
  assert.equal(later.facts['counts-settle'].verdict, 'contradicted')
})

function contradicted({ facts: found }: Survey): readonly string[] {
  return Object.entries(found).flatMap(([id, { verdict }]) => (verdict === 'contradicted' ? [id] : []))
}

async function assertCost(simulator: { readonly url: string }, { requests }: Survey): Promise<void> {
  const { total } = await statsOf(simulator)
  assert.equal(requests, total)
  assert.ok(total <= 120, `${total} requests`)
}

/** A simulator that is like the account is found to be like it. */
async function assertRoundTrip(found: Survey): Promise<void> {
  await using again = await startAccount(accountOf(JSON.parse(JSON.stringify(found))))
  const verdicts = ({ facts: all }: Survey) =>
    Object.fromEntries(Object.entries(all).map(([id, { verdict }]) => [id, verdict]))
  assert.deepEqual(verdicts(await surveyOf(again)), verdicts(found))
}
