import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, rowsOf } from './lookup-rows.ts'

const csvs = [
  [
    'id,country\na,de\nb,at',
    [
      { id: 'a', country: 'de' },
      { id: 'b', country: 'at' },
    ],
  ],
  ['\ufeffid\r\na\r\n\r\nb\r\n', [{ id: 'a' }, { id: 'b' }]],
  [' id , name \n a , "x, y" ', [{ id: 'a', name: 'x, y' }]],
  ['id;name\na;"say ""hi"""', [{ id: 'a', name: 'say "hi"' }]],
  ['id\tname\na\tb', [{ id: 'a', name: 'b' }]],
  ['id\na\na', [{ id: 'a' }]],
] as const
for (const [csv, rows] of csvs) {
  test(`the CSV ${JSON.stringify(csv)} has ${rows.length} rows`, () => {
    assert.deepEqual(rowsOf({ type: 'csv', csv }), rows)
  })
}

test('JSON is a list of objects, or of values in the column value', () => {
  assert.deepEqual(rowsOf({ type: 'json', json: '[{"id": 1, "on": true}]' }), [{ id: '1', on: 'true' }])
  assert.deepEqual(rowsOf({ type: 'json', json: '["a", 2]' }), [{ value: 'a' }, { value: '2' }])
})

test('a list of values has the column that it says', () => {
  const rows = rowsOf({ type: 'values', column: 'id', values: ['a', 'b', 'a'] })
  assert.deepEqual(rows, [{ id: 'a' }, { id: 'b' }])
  assert.deepEqual(columnsOf(rows), ['id'])
})

const csv = (text: string) => ({ type: 'csv', csv: text }) as const
const json = (text: string) => ({ type: 'json', json: text }) as const
const wrong = [
  [csv(''), /is empty; the first row/],
  [csv('id\n'), /has no rows/],
  [csv('id,id\na,b'), /the column id twice/],
  [csv('id\na,b'), /2 cells in row 2, where the header has 1/],
  [csv('id,name\na'), /1 cells in row 2/],
  [csv('id\n"a'), /cannot be read: /],
  [csv('my id\na'), /the column "my id", which no macro can name/],
  [json('[{]'), /is no JSON/],
  [json('{"id": 1}'), /must be a JSON list/],
  [json('[]'), /has no rows/],
  [json('[{"id": null}]'), /no text or number under id in element 1/],
  [json('[{"id": [1]}]'), /under id in element 1/],
  [json('[{"id": 1}, {"uid": 1}]'), /other fields in element 2 than in the first; all must have id/],
  [{ type: 'values', column: 'id', values: [] } as const, /has no rows/],
  [
    {
      type: 'values',
      column: 'id',
      values: Array.from({ length: 10_001 }, (_, index) => `${index}`),
    } as const,
    /10001 rows, where 10000 are allowed/,
  ],
] as const
for (const [source, says] of wrong) {
  test(`${JSON.stringify(source).slice(0, 60)} is refused: ${says.source}`, () => {
    assert.throws(() => rowsOf(source), { message: says })
  })
}
