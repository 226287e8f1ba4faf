import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../../json.ts'
import { tallyOf, things } from '../testing.ts'
import { asRows, call, type Filtering, filterRows, inWindow, lists, ofList, timed } from './filter-testing.ts'

const rows: {
  says: string
  in: Json[]
  how?: Filtering
  out: JsonObject[]
  left: Parameters<typeof tallyOf>[0]
}[] = [
  { says: 'a record goes on as it is', in: [{ id: 'a' }], out: [{ id: 'a' }], left: {} },
  {
    says: 'a record that comes twice goes on once',
    in: [{ id: 'a' }, { id: 'a', n: 2 }],
    out: [{ id: 'a' }],
    left: { duplicate: 1 },
  },
  {
    says: 'a record without a key is left out',
    in: [{ n: 1 }, { id: null }],
    out: [],
    left: { unusable: 2 },
  },
  {
    says: 'a record of a stream that does not name its parents is made to name none',
    in: [{ id: 'a' }],
    how: { def: things({ parent: { stream: 'lists', field: 'id', as: 'list' } }), slice: ofList },
    out: [{ id: 'a' }],
    left: {},
  },
  {
    says: 'a field without a name is no parent and no time',
    in: [{ id: 'a', '': 5 }],
    out: [{ id: 'a', '': 5 }],
    left: {},
  },
  {
    says: 'records whose composite keys would be one with a bar between their parts both go on',
    in: [
      { id: 'a|b', on: 'c' },
      { id: 'a', on: 'b|c' },
    ],
    how: { def: things({ primaryKey: ['id', 'on'] }) },
    out: [
      { id: 'a|b', on: 'c' },
      { id: 'a', on: 'b|c' },
    ],
    left: {},
  },
  {
    says: 'a record whose key does not fit its column is left out',
    in: [{ id: 'a' }, { id: 7 }],
    how: { fitKey: record => (typeof record['id'] === 'string' ? record : undefined) },
    out: [{ id: 'a' }],
    left: { refused: 1 },
  },
  { says: 'what is no object is left out', in: ['a', 1, null], out: [], left: { unusable: 3 } },
  {
    says: 'a record before the bounds is left out',
    in: [call('a', -1001)],
    how: inWindow,
    out: [],
    left: { outside: 1 },
  },
  {
    says: 'a record after the bounds is left out',
    in: [call('a', 1001)],
    how: inWindow,
    out: [],
    left: { outside: 1 },
  },
  {
    says: 'the bounds themselves are inside',
    in: [call('a', -1000), call('b', 1000)],
    how: inWindow,
    out: [call('a', -1000), call('b', 1000)],
    left: {},
  },
  {
    says: 'a record outside its window but inside the bounds goes on',
    in: [call('a', 500)],
    how: inWindow,
    out: [call('a', 500)],
    left: {},
  },
  {
    says: 'a record without the time goes on',
    in: [{ id: 'a' }, { id: 'b', at: 'soon' }],
    how: inWindow,
    out: [{ id: 'a' }, { id: 'b', at: 'soon' }],
    left: {},
  },
  {
    says: 'without bounds, time is no matter',
    in: [call('a', -1e6)],
    how: { def: timed },
    out: [call('a', -1e6)],
    left: {},
  },
  {
    says: 'a record gets the name of its parent',
    in: [{ id: 'a' }, { id: 'b', listId: null }],
    how: { def: lists, slice: ofList },
    out: [
      { id: 'a', listId: 'L' },
      { id: 'b', listId: 'L' },
    ],
    left: {},
  },
  {
    says: 'a record that names its parent keeps that name',
    in: [{ id: 'a', listId: 'L' }],
    how: { def: lists, slice: ofList },
    out: [{ id: 'a', listId: 'L' }],
    left: {},
  },
  {
    says: 'a record of another parent is left out',
    in: [{ id: 'a', listId: 'M' }],
    how: { def: lists, slice: ofList },
    out: [],
    left: { foreign: 1 },
  },
  {
    says: 'a record that does not pass a filter of the config is left out',
    in: [
      { id: 'a', queue: 'x' },
      { id: 'b', queue: 'y' },
    ],
    how: {
      def: things({ clientFilters: { queue_id: ({ queue }, value) => queue === value } }),
      filters: { queue_id: 'x' },
    },
    out: [{ id: 'a', queue: 'x' }],
    left: { filtered: 1 },
  },
  {
    says: 'a filter that the config leaves empty passes everything',
    in: [{ id: 'a' }],
    how: { def: things({ clientFilters: { queue_id: () => false } }) },
    out: [{ id: 'a' }],
    left: {},
  },
]

for (const row of rows) {
  test(row.says, () => {
    const { kept, tally } = filterRows(asRows(row.in), row.how)
    assert.deepEqual(kept, row.out)
    assert.deepEqual(tally, tallyOf(row.left))
  })
}

test('every key is told, also of what is left out', () => {
  const { noted } = filterRows(asRows([call('a', 1), call('a', 1), call('b', -5000), { at: 1 }]), inWindow)
  assert.deepEqual(noted, ['"a"', '"a"', '"b"'])
})

const asked: readonly { says: string; in: JsonObject; primaryKey?: string[]; out: string | undefined }[] = [
  { says: 'of another id than it was asked for by', in: { id: 'b' }, out: 'b' },
  { says: 'of that id, whatever its case', in: { id: 'A-1' }, out: undefined },
  { says: 'without an id', in: { id: null }, out: undefined },
  {
    says: 'of which the id is a part of its key',
    in: { id: 'b', on: 'x' },
    primaryKey: ['id', 'on'],
    out: undefined,
  },
]

for (const { says, in: record, primaryKey = ['id'], out } of asked)
  test(`a record ${says} ${out === undefined ? 'is not noted' : 'goes on, and its id is noted'}`, () => {
    const found = filterRows(asRows([record]), {
      def: things({ primaryKey }),
      slice: { parent: { id: 'a1' } },
    })
    assert.equal(found.otherId, out)
    assert.deepEqual(found.kept, record['id'] === null ? [] : [record])
  })
