import { configError, systemError } from '../../errors.ts'
import { isObject } from '../../json.ts'
import { jsonIn } from '../bytes/raw-record.ts'
import type { Sink, StreamRecord } from '../records/filter.ts'
import type { Engine, Slice } from '../stream/context.ts'
import type { Lookup, StreamDef } from '../stream/definition.ts'

/** One slice for each parent record of a child stream, in the order in which the parents came, and for each row of its
 *  lookups; one slice for all where there are neither. */
export type Partitions = (child: StreamDef) => Promise<readonly Slice[]>

/** Reads the records of a stream for others, whole or as much as is wanted of it. */
export type ReadFor = (def: StreamDef, sink: Sink) => Promise<void>

type Find = (name: string) => StreamDef | undefined
type Values = NonNullable<Slice['parent']>
type Fields = Extract<Lookup, { stream: string }>['fields']

/** The most parts that lookups may multiply to. */
export const MOST_PARTS = 10_000

/** Reads parents' fields, each parent stream once a run however many children ask it for the same. Where the config names
 *  ids, those are taken, and the parent is not read. */
export function createPartitions(find: Find, engine: Engine, read: ReadFor): Partitions {
  const known = new Map<string, Promise<readonly Values[]>>()
  const rowsOf = (name: string, fields: Fields): Promise<readonly Values[]> => {
    const def = find(name)
    if (def === undefined) throw systemError(`A stream has a parent that does not exist: ${name}.`)
    const key = JSON.stringify([name, fields])
    const rows = known.get(key) ?? collectRows(def, fields, read)
    known.set(key, rows)
    return rows
  }
  const parentRows = async (parent: StreamDef['parent']): Promise<readonly Values[]> => {
    if (parent === undefined) return [{}]
    const { stream, field, as, ids = '' } = parent
    const given = engine.settings.ids[ids] ?? []
    return given.length > 0 ? given.map(id => ({ [as]: id })) : rowsOf(stream, [{ field, as }])
  }
  return async child => {
    const { fixed, parent } = splitOf(child, engine)
    const parts = [[fixed], await parentRows(parent)]
    for (const lookup of child.lookups ?? [])
      parts.push('rows' in lookup ? lookup.rows : await rowsOf(lookup.stream, lookup.fields))
    const isWhole = child.splitBy === undefined && child.parent === undefined && child.lookups === undefined
    return isWhole ? [{}] : multiplied(child, parts).map(values => ({ parent: values }))
  }
}

/** What a stream is narrowed down to, and the parents for each of which it is asked. */
function splitOf(
  { splitBy, parent }: StreamDef,
  { settings }: Engine,
): { readonly fixed: Values; readonly parent: StreamDef['parent'] } {
  if (splitBy === undefined) return { fixed: {}, parent }
  const narrowed = Object.values(splitBy).filter(({ as }) => settings.filters[as] !== undefined)
  const fixed = Object.fromEntries(narrowed.map(({ as }) => [as, settings.filters[as] ?? '']))
  const chosen = settings.splitBy === undefined ? undefined : splitBy[settings.splitBy]
  return { fixed, parent: chosen === undefined || chosen.as in fixed ? undefined : chosen }
}

function multiplied(
  { name, lookups = [] }: StreamDef,
  parts: readonly (readonly Values[])[],
): readonly Values[] {
  const count = parts.reduce((product, rows) => product * rows.length, 1)
  if (lookups.length > 1 && count > MOST_PARTS) throw tooMany(name, count)
  return parts.reduce((all, rows) => all.flatMap(one => rows.map(row => ({ ...one, ...row }))))
}

function tooMany(name: string, count: number): Error {
  return configError(
    `The lookups of stream ${name} multiply to ${count} requests, where ${MOST_PARTS} are allowed. Use fewer rows, or one ` +
      'lookup with a row for each combination that is wanted.',
  )
}

/** The different values of these fields in a stream's records; a record that lacks one of them is none's parent. */
async function collectRows(def: StreamDef, fields: Fields, read: ReadFor): Promise<readonly Values[]> {
  const rows = new Map<string, Values>()
  await read(def, async records => {
    for (const record of records) {
      const values = fields.map(({ field }) => textOf(record, field))
      if (values.includes(undefined)) continue
      const entries = fields.map(({ as }, index) => [as, values[index] ?? ''] as const)
      rows.set(JSON.stringify(values), Object.fromEntries(entries))
    }
  })
  return [...rows.values()]
}

function textOf(record: StreamRecord, field: string): string | undefined {
  const json = jsonIn(record)
  const value = isObject(json) ? json[field] : undefined
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Takes the values of a field out of records, into a set. */
export function collectIds(field: string, ids: Set<string>): Sink {
  return async records => {
    for (const record of records) {
      const id = textOf(record, field)
      if (id !== undefined) ids.add(id)
    }
  }
}
