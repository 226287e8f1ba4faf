import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../json.ts'
import { changedIn } from './changed.ts'

const rows: readonly { says: string; in: Json; out: Json | undefined }[] = [
  { says: 'a record that does not say', in: { id: 1 }, out: undefined },
  { says: 'what is no record', in: 'lastUpdated', out: undefined },
  { says: 'a field that is null', in: { lastUpdated: null }, out: undefined },
  { says: 'another field beside it', in: { lastUpdated: null, updatedAt: 5 }, out: 5 },
  { says: 'the first of several', in: { updated_at: 7, lastUpdated: 6 }, out: 6 },
  ...[
    'lastUpdated',
    'last_updated',
    'dateUpdated',
    'updatedAt',
    'updated_at',
    'lastModified',
    'last_modified',
  ].map(name => ({ says: name, in: { [name]: '2026-01-31' }, out: '2026-01-31' })),
]

for (const { says, in: json, out } of rows)
  test(`when a record changed is told by ${says}: ${out ?? 'nothing'}`, () =>
    assert.equal(changedIn({ json }), out))
