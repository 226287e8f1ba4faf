import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cut, cutterOf, halvesOf, isTooLong, learn, overfull } from './cutter.ts'

const SECOND = 1000
const HOUR = 3_600_000
const BOUNDS = { longestMs: HOUR, target: 100 }
const whole = { from: 0, to: HOUR }

test('windows are cut off what is left, the oldest first, and none crosses a gap', () => {
  const cutter = cutterOf([whole, { from: 2 * HOUR, to: 4 * HOUR }], BOUNDS)
  assert.deepEqual(
    [cut(cutter), cut(cutter), cut(cutter), cut(cutter)],
    [whole, { from: 2 * HOUR, to: 3 * HOUR }, { from: 3 * HOUR, to: 4 * HOUR }, undefined],
  )
})

for (const { says, rows, before = HOUR, lengthMs } of [
  { says: 'twice as full as it should be halves the next ones', rows: 200, lengthMs: HOUR / 2 },
  {
    says: 'half as full as it should be doubles the next ones',
    rows: 50,
    before: HOUR / 8,
    lengthMs: HOUR / 4,
  },
  { says: 'nearly empty lets them grow fourfold at once', rows: 0, before: HOUR / 8, lengthMs: HOUR / 2 },
  { says: 'nearly empty makes none longer than the longest', rows: 0, lengthMs: HOUR },
  { says: 'as full as can be makes none shorter than a second', rows: 1e9, lengthMs: SECOND },
])
  test(`a window that is ${says}`, () => {
    const cutter = { ...cutterOf([whole], BOUNDS), lengthMs: before }
    learn(cutter, { from: 0, to: before }, rows)
    assert.deepEqual([cutter.lengthMs, cutter.hasLearnt], [lengthMs, true])
  })

test('a cutter begins with the longest windows, and has not learnt that', () => {
  const { lengthMs, hasLearnt, shortestMs } = cutterOf([whole], BOUNDS)
  assert.deepEqual([lengthMs, hasLearnt, shortestMs], [HOUR, false, SECOND])
})

test('a window that is a quarter full makes the next ones no shorter than they were', () => {
  const cutter = { ...cutterOf([whole], BOUNDS), lengthMs: HOUR / 8 }
  learn(cutter, { from: 0, to: HOUR / 64 }, 25)
  assert.equal(cutter.lengthMs, HOUR / 8)
})

test('a window is too long that holds more than five times what it should, unless it is the shortest', () => {
  const cutter = cutterOf([whole], BOUNDS)
  assert.equal(isTooLong(cutter, whole, 500), false)
  assert.equal(isTooLong(cutter, whole, 501), true)
  assert.equal(isTooLong(cutter, { from: 0, to: SECOND }, 501), false)
})

test('six times what a window should hold is surely too much', () => {
  assert.equal(overfull(cutterOf([whole], BOUNDS)), 600)
})

test('halves are of whole seconds, and none is too short', () => {
  assert.deepEqual(halvesOf({ from: 0, to: 3 * SECOND }, SECOND), [
    { from: 0, to: 2 * SECOND },
    { from: 2 * SECOND, to: 3 * SECOND },
  ])
  assert.deepEqual(halvesOf({ from: 0, to: 1.5 * SECOND }, SECOND), [])
  assert.deepEqual(halvesOf({ from: 0, to: HOUR }, HOUR / 2), [
    { from: 0, to: HOUR / 2 },
    { from: HOUR / 2, to: HOUR },
  ])
  assert.deepEqual(halvesOf({ from: 0, to: HOUR - SECOND }, HOUR / 2), [])
})
