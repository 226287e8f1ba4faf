import assert from 'node:assert/strict'
import type { Json } from '../../json.ts'
import type { RawRecord } from '../bytes/raw-record.ts'
import type { Slice } from '../stream/context.ts'
import { byTime, type StreamDef } from '../stream/definition.ts'
import { createWorld, jsonOf, SECOND, things } from '../testing.ts'
import type { Span } from '../time/spans.ts'
import { type SharedKeys, shareKeys } from './duplicates.ts'
import { createRecordFilter } from './filter.ts'
import type { FitKey } from './fit-schema.ts'
import { emptyTally } from './tally.ts'

const AT = Date.parse('2024-05-01T12:00:00Z')
export const iso = (seconds: number) => new Date(AT + seconds * SECOND).toISOString()
export const call = (id: string, seconds: number) => ({ id, at: iso(seconds) })
export const timed = things({ incremental: byTime('at') })
export const span = (from: number, to: number): Span => ({ from: AT + from * SECOND, to: AT + to * SECOND })
export const asRows = (records: readonly Json[]): RawRecord[] => records.map(json => ({ json }))

export interface Filtering {
  readonly def?: StreamDef
  readonly slice?: Slice
  readonly bounds?: Span
  readonly keys?: SharedKeys
  readonly filters?: Record<string, string>
  readonly fitKey?: FitKey
}

/** Passes rows through the filter of one slice. */
export function filterRows(
  rows: readonly RawRecord[],
  { def = things(), slice = {}, bounds, keys = shareKeys(), filters, ...more }: Filtering = {},
) {
  const { engine } = createWorld(() => assert.fail('no request'), filters === undefined ? {} : { filters })
  const tally = emptyTally()
  const noted: string[] = []
  const noteKey = (key: string) => void noted.push(key)
  const filter = createRecordFilter({
    ...more,
    def,
    engine,
    slice,
    askedAt: AT,
    bounds,
    keys,
    tally,
    noteKey,
  })
  const kept = filter.take(rows)
  return {
    kept: kept.map(jsonOf),
    tally,
    noted,
    otherId: filter.otherId(),
    ...filter.seen(),
    lines: kept.filter(one => 'bytes' in one).length,
  }
}

export const lists = things({ parent: { stream: 'lists', field: 'id', as: 'list', stamp: 'listId' } })
export const ofList = { parent: { list: 'L' } }
export const inWindow = { def: timed, slice: { window: span(0, 100) }, bounds: span(-1000, 1000) }
