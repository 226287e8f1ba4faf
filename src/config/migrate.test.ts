import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../json.ts'
import { migrateConfig } from './migrate.ts'
import { parseConfig } from './parse.ts'

const credentials = { auth_type: 'access_token', access_id: 'the-id', access_token: 'geheim' }
const old = { access_key_id: 'the-id', access_token: 'geheim' }

const rows: { says: string; in: Json; out: Json | undefined }[] = [
  { says: 'a config in today’s shape stays', in: { credentials, environment: 'eu' }, out: undefined },
  { says: 'what is not a config stays', in: ['access_key_id'], out: undefined },
  { says: 'the access pair moves below credentials', in: old, out: { credentials } },
  {
    says: 'the region is the environment',
    in: { ...old, region: 'eu' },
    out: { credentials, environment: 'eu' },
  },
  {
    says: 'unix seconds become moments',
    in: { ...old, date_created_from: 1_714_564_800, date_created_to: '1714651200' },
    out: { credentials, start_date: '2024-05-01T12:00:00.000Z', end_date: '2024-05-02T12:00:00.000Z' },
  },
  { says: 'other fields stay beside them', in: { ...old, page_size: 7 }, out: { credentials, page_size: 7 } },
  {
    says: 'a field in today’s place goes before the old one',
    in: { credentials, region: 'eu', environment: 'us' },
    out: { credentials, environment: 'us' },
  },
]

for (const row of rows) {
  test(row.says, () => {
    const migrated = migrateConfig(row.in)
    assert.deepEqual(migrated, row.out)
    if (migrated !== undefined) assert.deepEqual(parseConfig(migrated), { config: migrated, remarks: [] })
  })
}

test('a migrated config is in today’s shape, and is not migrated again', () => {
  assert.equal(
    migrateConfig(migrateConfig({ ...old, region: 'eu', date_created_from: 1 }) ?? null),
    undefined,
  )
})

const broken: { says: string; in: Json; out: RegExp }[] = [
  {
    says: 'neither seconds nor a moment',
    in: 'May 1st',
    out: /^The config is not valid\. start_date must look/,
  },
  {
    says: 'more seconds than there are',
    in: 8.64e12 + 1,
    out: /^The config is not valid\. start_date must be/,
  },
  { says: 'the same as text', in: '8640000000001', out: /^The config is not valid\. start_date must look/ },
  { says: 'in a year of six digits', in: 8.64e12, out: /^The config is not valid\. start_date must look/ },
]

for (const row of broken) {
  test(`a date that is ${row.says} is left for the user to fix`, () => {
    const migrated = migrateConfig({ ...old, date_created_from: row.in })
    assert.throws(() => parseConfig(migrated ?? null), { failure: 'config_error', message: row.out })
  })
}
