import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summaryOf } from './summary.ts'
import type { Outcome } from './trial.ts'

const some = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome)

test('time-outs count as noticed, and are told apart from failures', () => {
  const { text, killedPercent } = summaryOf([
    ...some(87, 'failed'),
    ...some(3, 'timed out'),
    ...some(10, 'passed'),
  ])
  assert.equal(text, '90.0 % killed: 87 failed, 3 timed out; 10 of 100 survived')
  assert.equal(killedPercent, 90)
})

test('a run with many time-outs is not to be believed', () => {
  const { text, isDoubtful } = summaryOf([...some(96, 'failed'), ...some(4, 'timed out')])
  assert.ok(isDoubtful)
  assert.match(text, /^100\.0 % killed: 96 failed, 4 timed out; 0 of 100 survived\nNot to be believed/)
})
