import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import type { Reply } from '../../http/types.ts'
import { CALLS, NOW } from '../testing.ts'
import type { Page } from './extract.ts'
import { visitLater } from './visit.ts'
import { itemsOf, open, paged, pageOf } from './visit-testing.ts'

const laters: readonly {
  says: string
  answers: readonly Reply[]
  before?: Page
  rows: number
  end?: string
}[] = [
  { says: 'with records does not end its list', answers: [itemsOf(3)], rows: 3 },
  { says: 'without any does', answers: [itemsOf(0)], rows: 0, end: 'empty' },
  { says: 'without any of several does not', answers: [itemsOf(0, { pages: 9 })], rows: 0 },
  { says: 'that is refused does', answers: [reply(404)], rows: 0, end: 'refused' },
]
for (const { says, answers, rows, end } of laters)
  test(`a further page ${says}`, async () => {
    const { list } = open({ answers, before: pageOf(10) })
    assert.deepEqual(await visitLater(list, paged, { index: 1, size: 10 }), { rows, end })
  })

test('a further page that repeats one ends its list', async () => {
  const { list } = open({ isRepeat: true, before: pageOf(10, 10) })
  assert.deepEqual(await visitLater(list, paged, { index: 1, size: 10 }), { rows: 0, end: 'repeated' })
})

for (const { says, index, size, end } of [
  { says: 'the second page, after a full one, breaks its list off', index: 1, size: 10, end: 'failed' },
  { says: 'the second page, after one that came short, is an error', index: 1, size: 7, end: undefined },
  { says: 'the third page, in the size that came, breaks its list off', index: 2, size: 7, end: 'failed' },
])
  test(`of a window whose server fails, ${says}`, async () => {
    const slice = { window: { from: NOW - 1000, to: NOW } }
    const { list, notes } = open({ answers: [reply(500)], def: CALLS, slice, before: pageOf(size) })
    const later = visitLater(list, paged, { index, size })
    if (end === undefined) return assert.rejects(later, { status: 500 })
    assert.deepEqual(await later, { rows: 0, end })
    assert.equal(notes.end('short', size).failure?.status, 500)
  })
