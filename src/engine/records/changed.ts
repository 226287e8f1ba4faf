import type { Json } from '../../json.ts'
import { isObject } from '../../json.ts'
import { jsonIn, type RawRecord } from '../bytes/raw-record.ts'

/** Fields that say when a record changed last, as the vendor and others spell them. */
const FIELDS = [
  'lastUpdated',
  'last_updated',
  'dateUpdated',
  'updatedAt',
  'updated_at',
  'lastModified',
  'last_modified',
]

/** When a record changed last, as it came; undefined where it does not say. */
export function changedIn(record: RawRecord): Json | undefined {
  const json = jsonIn(record)
  if (!isObject(json)) return undefined
  const name = FIELDS.find(field => json[field] !== undefined && json[field] !== null)
  return name === undefined ? undefined : json[name]
}
