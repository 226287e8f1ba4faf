import { createHash } from 'node:crypto'
import type { Adapt } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'

/** The record with a hash of its whole content (keys in order, whatever order they came in) and of its parent, as a
 *  key for records that the API gives none. */
export const withHash: Adapt = (record, { parent }) => ({
  ...record,
  record_hash: createHash('sha256')
    .update(canonical({ ...record, ...parent }))
    .digest('hex')
    .slice(0, 32),
})

function canonical(record: JsonObject): string {
  return JSON.stringify(record, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
