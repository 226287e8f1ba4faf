import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, type LookupSource, rowsOf } from './rows.ts'

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
  [
    '\r\n \nid;name\r\na;b\nc;d\n   \n',
    [
      { id: 'a', name: 'b' },
      { id: 'c', name: 'd' },
    ],
  ],
  ['\ufeff"id","name"\na,b', [{ id: 'a', name: 'b' }]],
  ['id;name\na;1,5', [{ id: 'a', name: '1,5' }]],
  ['id\tname\tnote\na\t\tb', [{ id: 'a', name: '', note: 'b' }]],
  ['id,name\n" a ","x\ny"', [{ id: ' a ', name: 'x\ny' }]],
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

test('numbers keep all of their digits', () => {
  assert.deepEqual(rowsOf({ type: 'json', json: '[12345678901234567890]' }), [
    { value: '12345678901234567890' },
  ])
})

test('JSON may begin with a byte order mark', () => {
  assert.deepEqual(rowsOf({ type: 'json', json: '\ufeff["a"]' }), [{ value: 'a' }])
})

test('the same row twice is one row, whichever of its fields comes first', () => {
  const rows = rowsOf({ type: 'json', json: '[{"a": 1, "b": 2}, {"b": "2", "a": "1"}, {"a": 2, "b": 1}]' })
  assert.equal(JSON.stringify(rows), '[{"a":"1","b":"2"},{"a":"2","b":"1"}]')
})

test('ten thousand rows are allowed, and the same one more often does not count', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => `${index}`)
  assert.equal(rowsOf({ type: 'values', column: 'id', values: [...values, ...values] }).length, 10_000)
})

test('a column called __proto__ is a column like any other', () => {
  const sources: readonly LookupSource[] = [
    { type: 'values', column: '__proto__', values: ['a'] },
    { type: 'csv', csv: '__proto__\na' },
    { type: 'json', json: '[{"__proto__": "a"}]' },
  ]
  for (const source of sources) {
    assert.equal(JSON.stringify(rowsOf(source)), '[{"__proto__":"a"}]')
    assert.deepEqual(columnsOf(rowsOf(source)), ['__proto__'])
  }
})

test('a list of values has the column that it says', () => {
  const rows = rowsOf({ type: 'values', column: 'id', values: ['a', 'b', 'a'] })
  assert.deepEqual(rows, [{ id: 'a' }, { id: 'b' }])
  assert.deepEqual(columnsOf(rows), ['id'])
})

const csv = (text: string) => ({ type: 'csv', csv: text }) as const
const json = (text: string) => ({ type: 'json', json: text }) as const
const INVALID: readonly (readonly [LookupSource, RegExp])[] = [
  [csv(''), /^is empty; the first row/],
  [csv('\ufeff \n'), /^is empty/],
  [csv('id\n'), /^has a header but no rows/],
  [csv('id,id\na,b'), /^has the column id twice/],
  [csv('id,a;b\na,b'), /^has the column "a;b"/],
  [csv('id,,\na,,'), /^has a column without a name/],
  [csv('id\na,b'), /^has 2 cells in row 2, but the header has 1/],
  [csv('id,name\na'), /^has 1 cell in row 2, but the header has 2/],
  [csv('id\n"a'), /^has a quoted cell that is never closed/],
  [csv('id\na"b'), /^has a quote inside a cell on line 2/],
  [csv('id\n"a"b'), /^has text after a closing quote on line 2/],
  [csv('my id\na'), /the column "my id", which no macro can name/],
  [json('[{]'), /is not JSON/],
  [json('{"id": 1}'), /must be a JSON list/],
  [json('[]'), /has no rows/],
  [json('[{"id": null}]'), /^has null as id of element 1/],
  [json('["a", null]'), /^has null as element 2/],
  [json('[["a"]]'), /^has a list as element 1/],
  [json('[{}]'), /^has no fields in element 1/],
  [json('[{"my id": 1}]'), /^has the column "my id"/],
  [json('[{"id": [1]}]'), /^has a list as id of element 1/],
  [json('[{"id": 1}, {"id": {}}]'), /^has an object as id of element 2/],
  [
    json('[{"id": 1}, {"uid": 1}]'),
    /different fields in element 2 than in the first; every element must have id/,
  ],
  [{ type: 'values', column: 'id', values: [] }, /^has no rows/],
  [{ type: 'values', column: '1st', values: ['a'] }, /^has the column "1st"/],
]
for (const [source, says] of INVALID) {
  test(`${JSON.stringify(source).slice(0, 60)} is refused: ${says.source}`, () => {
    assert.throws(() => rowsOf(source), { message: says })
  })
}
