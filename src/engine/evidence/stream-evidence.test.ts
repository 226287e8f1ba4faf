import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError, configError, transientError } from '../../errors.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { createStreamEvidence } from './stream-evidence.ts'
import type { Verdict } from './verdict.ts'

const evidenceOf = (more: Partial<Parameters<typeof createStreamEvidence>[0]> = {}) =>
  createStreamEvidence({
    stream: 'calls',
    lookbackMs: 0,
    closedMs: undefined,
    shortages: [],
    isGiven: false,
    warn: () => undefined,
    ...more,
  })

const down = (status = 503) => new ConnectorError('transient_error', `Down (${status}).`, { status })

test('a part that failed stays open with its error; one that the API refuses does so by that name', () => {
  const error = down()
  assert.deepEqual(evidenceOf().failed(error), { received: false, because: 'failed', error })
  const refusal = new ConnectorError('config_error', 'No.', { status: 403 })
  assert.deepEqual(evidenceOf().failed(refusal), { received: false, because: 'refused', error: refusal })
})

for (const [isProven, because] of [
  [false, 'mistaken'],
  [true, 'received'],
] as const)
  test(`where both parts are gone, that is ${isProven ? 'no' : 'a'} mistake of a description by which ${isProven ? '' : 'no '}records were found before`, () => {
    const mistakes = { allGone: () => configError('The URL is wrong.') } as unknown as Mistakes
    const evidence = evidenceOf({ mistakes, isProven })
    const verdicts: Verdict[] = []
    evidence.parts.gone(verdict => verdicts.push(verdict))
    evidence.parts.gone(verdict => verdicts.push(verdict))
    evidence.parts.end()
    assert.deepEqual(
      verdicts.map(verdict => (verdict.received ? 'received' : verdict.because)),
      [because, because],
    )
  })

for (const { says, known, out } of [
  { says: 'what a state says was right', known: { proven: ['filter'], isProven: true }, out: ['filter'] },
  { says: 'where records are, if some were found before', known: { isProven: true }, out: ['data_path'] },
  { says: 'nothing, if none were', known: { isProven: false }, out: [] },
])
  test(`of a description is known to be right ${says}`, () => {
    assert.deepEqual(evidenceOf(known).suspicions.proven(), out)
  })

test('what concerns the whole run, or is no error of the connector, is thrown', () => {
  const run = new ConnectorError('config_error', 'Signed out.', { scope: 'run' })
  assert.throws(() => evidenceOf().failed(run), run)
  const bug = new TypeError('undefined is not a function')
  assert.throws(() => evidenceOf().failed(bug), bug)
})

test('five parts in a row that fail alike leave no hope for the rest', () => {
  const evidence = evidenceOf()
  for (let count = 0; count < 4; count++) evidence.failed(down())
  assert.equal(evidence.isHopeless(), false)
  evidence.failed(down())
  assert.equal(evidence.isHopeless(), true)
})

const different: readonly { says: string; error: ConnectorError }[] = [
  { says: 'another status', error: down(500) },
  { says: 'another actor', error: new ConnectorError('system_error', 'Down.', { status: 503 }) },
  {
    says: 'another cause',
    error: new ConnectorError('transient_error', 'Down.', { status: 503, internal: 'reset' }),
  },
]

for (const { says, error } of different) {
  test(`a failure with ${says} begins a row of its own`, () => {
    const evidence = evidenceOf()
    for (let count = 0; count < 4; count++) evidence.failed(down())
    evidence.failed(error)
    assert.equal(evidence.isHopeless(), false)
  })
}

test('a part that works ends the row', () => {
  const evidence = evidenceOf()
  for (let count = 0; count < 4; count++) evidence.failed(down())
  evidence.worked()
  evidence.failed(down())
  assert.equal(evidence.isHopeless(), false)
})

test('a stream is unanswered while nothing worked and something failed that was tried several times', () => {
  const evidence = evidenceOf()
  assert.equal(evidence.isUnanswered(), false)
  evidence.failed(new ConnectorError('config_error', 'No.', { status: 403 }))
  assert.equal(evidence.isUnanswered(), false, 'a refusal is not tried again')
  evidence.failed(transientError('Down.'))
  assert.equal(evidence.isUnanswered(), true)
  evidence.worked()
  evidence.failed(transientError('Down.'))
  assert.equal(evidence.isUnanswered(), false, 'something has worked')
})

test('what waits for the end is judged then, once, before parts that are all gone', () => {
  const evidence = evidenceOf()
  const told: string[] = []
  evidence.parts.gone(() => told.push('gone'))
  evidence.ids.sawOther('b', () => told.push('another id'))
  const sign = { of: 'data_path', mistake: transientError('Nothing is there.') }
  evidence.suspicions.take([sign], () => told.push('mistaken'))
  evidence.later(() => told.push('short'))
  assert.deepEqual(told, [])
  evidence.end()
  evidence.end()
  assert.deepEqual(told, ['short', 'another id', 'mistaken', 'gone'])
})

test('so are answers with another id than the one that was asked for', () => {
  const evidence = evidenceOf()
  const told: boolean[] = []
  for (const id of ['a', 'b', 'c']) evidence.ids.sawOther(id, isNaming => told.push(isNaming))
  evidence.end()
  assert.deepEqual(told, [true, true, true])
})
