import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemError } from '../../../errors.ts'
import { open, received, type Verdict } from '../../evidence/verdict.ts'
import { createNeeds, owedIn } from './needs.ts'

const END = received('end seen')
const CAPPED = open('capped', systemError('cut off'))

test('what is owed of a window is owed of each part of it, and of no window beside it', () => {
  const needs = createNeeds()
  const owed = [{ window: { from: 10, to: 20 }, needs }]
  for (const [from, to, isOwed] of [
    [0, 10, false],
    [0, 11, true],
    [12, 13, true],
    [19, 30, true],
    [20, 30, false],
    [0, 30, true],
  ] as const)
    assert.deepEqual(owedIn(owed, { from, to }), isOwed ? [needs] : [], `${from} to ${to}`)
})

test('the verdict on all is told once each is known, and the first that is open decides', () => {
  const needs = createNeeds()
  const told: Verdict[] = []
  const settles = [needs.add(), needs.add(), needs.add()]
  needs.whenAll(verdict => told.push(verdict))
  settles[0]?.(END)
  settles[1]?.(CAPPED)
  assert.deepEqual(told, [])
  settles[2]?.(END)
  assert.deepEqual(told, [CAPPED])
})

test('of several that are open the first decides, and where nothing is needed that is told at once', () => {
  const needs = createNeeds()
  const told: Verdict[] = []
  const settles = [needs.add(), needs.add()]
  settles[0]?.(CAPPED)
  settles[1]?.(open('failed', systemError('down')))
  needs.whenAll(verdict => told.push(verdict))
  createNeeds().whenAll(verdict => told.push(verdict))
  assert.deepEqual(told, [CAPPED, END])
})

test('what the same records needed before is needed still, by all who ask', () => {
  const before = createNeeds()
  const settle = before.add()
  const told: Verdict[] = []
  for (const needs of [createNeeds([before]), createNeeds([before])])
    needs.whenAll(verdict => told.push(verdict))
  assert.deepEqual(told, [])
  settle(CAPPED)
  assert.deepEqual(told, [CAPPED, CAPPED])
})
