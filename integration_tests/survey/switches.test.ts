import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf } from '../../simulator/facts.ts'
import { MOST_REQUESTS } from '../../src/survey/ask/witness.ts'
import type { Fact } from '../../src/survey/facts/fact.ts'
import { FACTS } from '../../src/survey/facts.ts'
import { startFront } from '../harness/front.ts'
import { assertCost, assertRoundTrip, contradicted, startAccount, surveyOf } from '../harness/survey.ts'

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

test('a page that comes again in another order is the same page', async () => {
  await using simulator = await startAccount({ world: 'seed', faults: 'ignore-page,unstable-ties' })
  assert.deepEqual(contradicted(await surveyOf(simulator)), ['pages-differ', 'readings-agree'])
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

test('redirects count, and what could not be asked any more is unknown', async () => {
  await using simulator = await startAccount()
  await using moved = await startFront(simulator.url, ({ url }) => {
    const isThere = url === '/oauth/token' || /[?&]there=1/.test(url)
    const location = `${url}${url.includes('?') ? '&' : '?'}there=1`
    return isThere ? {} : { status: 301, headers: { location } }
  })
  const found = await surveyOf(moved)
  assert.deepEqual(contradicted(found), [])
  assert.deepEqual([found.requests, moved.requests()], [MOST_REQUESTS, MOST_REQUESTS])
  assert.equal(found.streams['accounts']?.status, 200)
  assert.equal(found.facts['counts-settle'].verdict, 'unknown')
})

test('where the sign-in gives no token the survey ends, and says so', async () => {
  await using simulator = await startAccount()
  await using page = await startFront(simulator.url, () => ({ json: 'Welcome' }))
  await assert.rejects(surveyOf(page), /answer to POST \/oauth\/token is not usable/)
  assert.ok(page.requests() <= 3, `${page.requests()} requests`)
})

test('an account that forbids everything contradicts nothing', async () => {
  await using simulator = await startAccount()
  await using closed = await startFront(simulator.url, ({ url }) =>
    url === '/oauth/token' ? {} : { status: 403, json: { code: 'forbidden' } },
  )
  assert.deepEqual(contradicted(await surveyOf(closed)), [])
})

for (const { says, text, container } of [
  {
    says: 'JSON nested 20,000 levels deep',
    text: `{"items":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    container: 'too-deep',
  },
  { says: 'a web page', text: '<html>Welcome</html>', container: 'not-json' },
  { says: 'no content', text: '', container: 'nothing' },
]) {
  test(`an account that answers ${says} contradicts nothing, and the survey goes on to its end`, async () => {
    await using simulator = await startAccount()
    await using front = await startFront(simulator.url, ({ url, status }) =>
      url === '/oauth/token' || status >= 300 ? {} : { text },
    )
    const found = await surveyOf(front)
    assert.deepEqual(contradicted(found), [])
    assert.equal(found.requests, front.requests())
    const answered = Object.values(found.streams).filter(({ status }) => status === 200)
    assert.ok(answered.length > 40, `${answered.length} streams`)
    assert.deepEqual([...new Set(answered.map(one => one.container))], [container])
  })
}

test('an account without a record contradicts nothing, and is one that a simulator can be', async () => {
  await using simulator = await startAccount({ calls: 0, agents: 0, lists: 0, queues: 0 })
  const found = await surveyOf(simulator)
  assert.deepEqual(contradicted(found), [])
  await assertCost(simulator, found)
  assert.deepEqual(accountOf(JSON.parse(JSON.stringify(found))), { world: 'documented', faults: '' })
})

test('whether counts settle is unknown without an earlier survey, and told with one', async () => {
  await using simulator = await startAccount({ calls: 5000, days: 3 })
  const earlier = await surveyOf(simulator)
  assert.equal(earlier.facts['counts-settle'].verdict, 'unknown')
  const same = await surveyOf(simulator, { earlier })
  assert.equal(same.facts['counts-settle'].verdict, 'confirmed')
  assert.equal(earlier.settling.length, 3)
  // An hour of the night may have no calls at all.
  const settling = earlier.settling.map(one => ({ ...one, count: one.count + 1 }))
  const later = await surveyOf(simulator, { earlier: { settling } })
  assert.equal(later.facts['counts-settle'].verdict, 'contradicted')
})
