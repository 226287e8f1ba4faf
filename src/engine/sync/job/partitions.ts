import { type ConnectorError, configError, systemError } from '../../../errors.ts'
import { isObject } from '../../../json.ts'
import { jsonIn } from '../../bytes/raw-record.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import type { Sink, StreamRecord } from '../../records/filter.ts'
import type { Engine, Slice } from '../../stream/context.ts'
import type { Lookup, StreamDef } from '../../stream/definition.ts'

/** The partitions of a stream. */
interface PartitionList {
  /** One for each parent record, in the order in which the parents came, and for each row of its lookups; one of all where
   *  there are neither. */
  readonly slices: readonly Slice[]
  /** Whether there is one for each of something, which may be none. */
  readonly isSplit: boolean
  /** Why the parents may not be all there are. */
  readonly error: ConnectorError | undefined
  /** Where the lists of parents are short of their own counts. */
  readonly shortages: readonly Shortage[]
}

/** Lists the partitions of a stream. */
export type Partitions = (child: StreamDef) => Promise<PartitionList>

/** What came of reading a stream for others. */
interface ReadForOthers {
  /** Why it may not be whole. */
  readonly error: ConnectorError | undefined
  readonly shortages: readonly Shortage[]
}

/** Reads the records of a stream for others, whole or as much as is wanted of it. */
export type ReadFor = (def: StreamDef, sink: Sink) => Promise<ReadForOthers>

type Find = (name: string) => StreamDef | undefined
type Values = NonNullable<Slice['parent']>
type Fields = Extract<Lookup, { stream: string }>['fields']

/** The most parts that lookups may multiply to. */
export const MOST_PARTS = 10_000

/** Reads parents' fields, each parent stream once a run however many children ask it for the same. Where the config names
 *  ids, those are taken, and the parent is not read. */
export function createPartitions(find: Find, engine: Engine, read: ReadFor): Partitions {
  const known = new Map<string, Promise<Rows>>()
  const rowsOf = (name: string, fields: Fields): Promise<Rows> => {
    const def = find(name)
    if (def === undefined) throw systemError(`A stream has a parent that does not exist: ${name}.`)
    const key = JSON.stringify([name, fields])
    const rows = known.get(key) ?? collectRows(def, fields, read)
    known.set(key, rows)
    return rows
  }
  const parentRows = async (parent: StreamDef['parent']): Promise<Rows> => {
    if (parent === undefined) return fixedRows([{}])
    const { stream, field, as, ids = '' } = parent
    const given = engine.settings.ids[ids] ?? []
    return given.length > 0 ? fixedRows(given.map(id => ({ [as]: id }))) : rowsOf(stream, [{ field, as }])
  }
  return async child => {
    const { fixed, parent } = splitOf(child, engine)
    const parts = [fixedRows([fixed]), await parentRows(parent)]
    for (const lookup of child.lookups ?? [])
      parts.push('rows' in lookup ? fixedRows(lookup.rows) : await rowsOf(lookup.stream, lookup.fields))
    const isSplit = parent !== undefined || child.lookups !== undefined
    const isWhole = child.splitBy === undefined && !isSplit
    const rows = multiplied(
      child,
      parts.map(part => part.rows),
    )
    return {
      slices: isWhole ? [{}] : rows.map(values => ({ parent: values })),
      isSplit,
      error: parts.find(({ error }) => error !== undefined)?.error,
      shortages: parts.flatMap(({ shortages }) => shortages),
    }
  }
}

interface Rows extends ReadForOthers {
  readonly rows: readonly Values[]
}

function fixedRows(rows: readonly Values[]): Rows {
  return { rows, error: undefined, shortages: [] }
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
async function collectRows(def: StreamDef, fields: Fields, read: ReadFor): Promise<Rows> {
  const rows = new Map<string, Values>()
  const { error, shortages } = await read(def, async records => {
    for (const record of records) {
      const values = fields.map(({ field }) => textOf(record, field))
      if (values.includes(undefined)) continue
      const entries = fields.map(({ as }, index) => [as, values[index] ?? ''] as const)
      rows.set(JSON.stringify(values), Object.fromEntries(entries))
    }
  })
  return { rows: [...rows.values()], error, shortages: shortages.map(one => ({ ...one, of: def.name })) }
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
