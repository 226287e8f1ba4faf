import { isObject, type Json, valueAt } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { momentOf } from '../time/timestamps.ts'

/** A record that needs no change, still as the bytes that came: valid JSON on one line, all its fields declared and of
 *  their type. What the engine judges it by is told by name. */
export interface Line {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
  /** Its key, as keyOf tells it of a parsed record: the exact JSON of the one value, or of the list of its parts; undefined
   *  where a part is missing. */
  readonly key: string | undefined
  /** Its moment, in milliseconds; undefined where it has none, or the stream has no time. */
  readonly moment: number | undefined
  /** The parent that it names, as text; null for null, undefined where it is absent or the stream has none. */
  readonly parent: string | null | undefined
}

/** One record of an answer: parsed, or a line that can go out as it came. */
export type RawRecord = { readonly json: Json } | Line

/** The fields by which the engine judges records. */
export interface JudgedFields {
  /** The parts of the key, in order. */
  readonly key: readonly string[]
  readonly time: string | undefined
  /** The field that names the parent. */
  readonly parent: string | undefined
}

/** A record's moment, in milliseconds, where the stream's time is in this field; undefined where it has none. */
export function momentIn(record: RawRecord, field: string): number | undefined {
  if ('bytes' in record) return record.moment
  return isObject(record.json) ? momentOf(valueAt(record.json, field)) : undefined
}

/** A record as JSON. */
export function jsonIn(record: RawRecord): Json {
  return 'bytes' in record ? parseJson(record.bytes.toString('utf8', record.start, record.end)) : record.json
}
