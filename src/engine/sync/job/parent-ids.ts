import { isList, isObject, type Json, type JsonObject, valueAt } from '../../../json.ts'
import { jsonIn } from '../../bytes/raw-record.ts'
import type { Sink, StreamRecord } from '../../records/filter.ts'
import type { FitKey } from '../../records/fit-schema.ts'

/** Lets only those parents on of which children can be asked for by this field: with an id that is there but no text or
 *  number, or that no address can hold, a parent is as one without an id, and its list is not whole. One without any value
 *  is judged by its key. */
export function askableBy(field: string): FitKey {
  return record => (isAskable(valueAt(record, field)) ? record : undefined)
}

/** No encoding saves "." and ".." in a path. Source: WHATWG URL, section 4.4 (dot segments). */
function isAskable(id: Json | undefined): boolean {
  return !(isObject(id) || isList(id) || id === '.' || id === '..')
}

/** Takes the values of a field out of records, into a set. */
export function collectIds(field: string, ids: Set<string>): Sink {
  return async records => {
    for (const record of records) {
      const id = textOf(objectIn(record), field)
      if (id !== undefined) ids.add(id)
    }
  }
}

/** The record, parsed where it is bytes still. */
export function objectIn(record: StreamRecord): JsonObject {
  const json = jsonIn(record)
  return isObject(json) ? json : {}
}

/** The value of a field as text; undefined where there is none. */
export function textOf(record: JsonObject, field: string): string | undefined {
  const value = valueAt(record, field)
  if (value === undefined || value === null) return undefined
  return isObject(value) || isList(value) ? JSON.stringify(value) : String(value)
}
