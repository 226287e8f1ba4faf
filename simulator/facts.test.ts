import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { accountOf, readAccount } from './facts.ts'
import { makeFaults } from './faults/index.ts'

const head = {
  survey: 1,
  connector: '0.1.0',
  asked_at: '2026-05-20T14:00:00.000Z',
  world: 'seed',
  requests: 99,
} as const

test('an account has the world of its survey, and a fault for each fact that is contradicted', () => {
  const facts = {
    'total-named': { verdict: 'contradicted', fault: 'no-total' },
    'page-size': { verdict: 'contradicted', seen: { largest: 20 }, fault: 'clamp-size-silently:20' },
    'ids-hex': { verdict: 'contradicted', seen: { form: 'digits' } },
    'pages-named': { verdict: 'unknown' },
    container: { verdict: 'confirmed' },
  }
  assert.deepEqual(accountOf({ ...head, facts }), {
    world: 'seed',
    faults: 'no-total,clamp-size-silently:20',
  })
})

const refused = [
  { says: 'something else', survey: { hello: 1 } },
  { says: 'a verdict that there is not', survey: { ...head, facts: { container: { verdict: 'maybe' } } } },
  {
    says: 'a fault with more than a fault in it',
    survey: { ...head, facts: { container: { verdict: 'contradicted', fault: 'a,b@/oauth' } } },
  },
]

for (const { says, survey } of refused)
  test(`${says} is refused: it is no survey`, () => {
    assert.throws(() => accountOf(survey), /This is no survey: survey/)
  })

const folder = new URL('../integration_tests/facts/', import.meta.url)

for (const file of readdirSync(folder))
  test(`the account of ${file} can be imitated`, () => {
    const { faults } = readAccount(fileURLToPath(new URL(file, folder)))
    assert.equal(makeFaults(faults).length, faults === '' ? 0 : faults.split(',').length)
  })
