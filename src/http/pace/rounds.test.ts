import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areFlat, firstRound, nextRound, type Rounds, withAnswer } from './rounds.ts'

/** Rounds of so many answers each, all of them wanted, each a second long. */
function afterRounds(...answers: readonly number[]): Rounds {
  return answers.reduce(
    (rounds, count, index) => nextRound(round(rounds, count), count, (index + 1) * 1000),
    firstRound(0),
  )
}

function round(rounds: Rounds, answers: number, isWanted = true): Rounds {
  return Array.from({ length: answers }).reduce<Rounds>(all => withAnswer(all, isWanted), rounds)
}

test('a round counts its answers, and whether more was wanted in it at any time', () => {
  const { answers, isWanted } = withAnswer(withAnswer(firstRound(0), true), false)
  assert.deepEqual({ answers, isWanted }, { answers: 2, isWanted: true })
})

test('the best round is the one in which answers came fastest', () => {
  assert.deepEqual(afterRounds(4, 8, 6).best, { rate: 8 / 1000, level: 8 })
})

test('rounds are flat after three in a row that bring no more answers a second', () => {
  assert.equal(areFlat(afterRounds(8, 8, 8)), false)
  assert.equal(areFlat(afterRounds(8, 8, 8, 8)), true)
  assert.equal(areFlat(afterRounds(8, 8, 8, 9, 9)), false)
})

test('two in a hundred more do not count as more', () => {
  assert.equal(afterRounds(100, 102).flat, 1)
  assert.equal(afterRounds(100, 103).flat, 0)
})

test('a round in which no more was wanted tells nothing', () => {
  const before = afterRounds(8, 8)
  const { best, flat, answers } = nextRound(round(before, 80, false), 80, 3000)
  assert.deepEqual({ best, flat, answers }, { best: before.best, flat: before.flat, answers: 0 })
})
