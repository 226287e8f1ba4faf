import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { STREAMS } from '../../streams/index.ts'
import { readSchema } from '../../streams/schemas.ts'
import { compareFields } from './fields.ts'

const schema = { type: 'object', properties: { id: { type: ['null', 'string'] } } }

const rows = [
  {
    says: 'names what two records have',
    records: [
      { id: '1', more: 1 },
      { id: '2', more: 'x' },
    ],
    found: { beyond: { more: ['a number', 'text'] }, unnamed: 0, against: {} },
  },
  {
    says: 'counts what one record has',
    records: [{ id: '1', anna: 1 }, { id: '2' }],
    found: { beyond: {}, unnamed: 1, against: {} },
  },
  {
    says: 'counts what one record has that came twice',
    records: [
      { id: '1', anna: 1 },
      { id: '1', anna: 1 },
    ],
    found: { beyond: {}, unnamed: 1, against: {} },
  },
  {
    says: 'counts keys that are no identifiers',
    records: [
      { id: '1', 'Anna P': 1, '+4917': 2, Anna: 3 },
      { id: '2', 'Anna P': 1, '+4917': 2, Anna: 3 },
    ],
    found: { beyond: {}, unnamed: 3, against: {} },
  },
  {
    says: 'names columns that values do not fit',
    records: [{ id: ['1'] }],
    found: { beyond: {}, unnamed: 0, against: { id: ['a list'] } },
  },
]

for (const { says, records, found } of rows)
  test(`of fields a survey ${says}`, () => {
    assert.deepEqual(compareFields(records, schema), found)
  })

test('a survey may name each column of each stream', async () => {
  const file = new URL('../../../docs/survey.schema.json', import.meta.url)
  const { pattern } = JSON.parse(readFileSync(file, 'utf8')).definitions.field
  const columns = await Promise.all(
    STREAMS.filter(({ hidden }) => hidden !== true).map(async ({ name }) =>
      Object.keys((await readSchema(name))['properties'] ?? {}),
    ),
  )
  assert.deepEqual(
    columns.flat().filter(column => !new RegExp(pattern).test(column)),
    [],
  )
})
