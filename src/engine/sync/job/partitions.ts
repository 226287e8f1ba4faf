import { type ConnectorError, configError, systemError } from '../../../errors.ts'
import { type JsonObject, valueAt } from '../../../json.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import type { Sink } from '../../records/filter.ts'
import type { FitKey } from '../../records/fit-schema.ts'
import type { Engine, Slice } from '../../stream/context.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { LookupField } from '../../stream/lookup.ts'
import type { Mistakes } from '../../stream/mistakes.ts'
import { askableBy, objectIn, textOf } from './parent-ids.ts'

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
  /** How many parents and rows were passed over, since they lack a value that the request needs. */
  readonly valueless: number
}

/** Lists the partitions of a stream. */
export type Partitions = (child: StreamDef) => Promise<PartitionList>

/** What came of reading a stream for others. */
interface ReadForOthers {
  /** Why it may not be whole. */
  readonly error: ConnectorError | undefined
  readonly shortages: readonly Shortage[]
}

/** Reads the records of a stream for others, whole or as much as is wanted of it. A record that does not pass `fitKey` is as
 *  one without a key. */
export type ReadFor = (def: StreamDef, sink: Sink, fitKey?: FitKey) => Promise<ReadForOthers>

type Find = (name: string) => StreamDef | undefined
type Values = NonNullable<Slice['parent']>
type Fields = readonly LookupField[]

/** The most parts that lookups may multiply to. */
export const MOST_PARTS = 10_000

/** Reads parents' fields, each parent stream once a run however many children ask it for the same. Where the config names
 *  ids, those are taken, and the parent is not read. */
export function createPartitions(find: Find, engine: Engine, read: ReadFor): Partitions {
  const known = new Map<string, Promise<Collected>>()
  const rowsOf = async (name: string, fields: Fields, fitKey?: FitKey): Promise<Collected> => {
    const def = find(name)
    if (def === undefined) throw systemError(`A stream has a parent that does not exist: ${name}.`)
    const key = JSON.stringify([name, fields, fitKey !== undefined])
    const rows = known.get(key) ?? collectRows(def, fields, (one, sink) => read(one, sink, fitKey))
    known.set(key, rows)
    return rows
  }
  const parentRows = async (parent: StreamDef['parent']): Promise<Rows> => {
    if (parent === undefined) return fixedRows([{}])
    const { stream, field, as, ids = '' } = parent
    const given = engine.settings.ids[ids] ?? []
    return given.length > 0
      ? fixedRows(given.map(id => ({ [as]: id })))
      : rowsOf(stream, [{ field, as }], askableBy(field))
  }
  return async child => {
    const { fixed, parent } = splitOf(child, engine)
    const parts = [fixedRows([fixed]), await parentRows(parent)]
    for (const lookup of child.lookups ?? [])
      parts.push(
        'rows' in lookup
          ? fixedRows(lookup.rows, lookup.needed)
          : checked(await rowsOf(lookup.stream, lookup.fields), lookup.stream, child.mistakes),
      )
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
      valueless: parts.reduce((sum, part) => sum + part.valueless, 0),
    }
  }
}

interface Rows extends ReadForOthers {
  readonly rows: readonly Values[]
  readonly valueless: number
}

/** The rows of a stream, and what its records had: the first fields seen, and of those asked for the ones that none had. */
interface Collected extends Rows {
  readonly seen: readonly string[]
  readonly absent: readonly string[]
}

function fixedRows(rows: readonly Values[], needed: readonly string[] = []): Rows {
  const usable = rows.filter(row => needed.every(name => row[name] !== ''))
  return { rows: usable, error: undefined, shortages: [], valueless: rows.length - usable.length }
}

/** No rows where a field is asked for that no record has: it is misspelt. */
function checked(collected: Collected, stream: string, mistakes: Mistakes | undefined): Rows {
  const [field] = collected.absent
  if (field === undefined || mistakes === undefined) return collected
  return { ...collected, rows: [], error: mistakes.noField(field, stream, collected.seen) }
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

/** The different values of these fields in a stream's records; a record that lacks one that is needed is none's parent. */
async function collectRows(def: StreamDef, fields: Fields, read: ReadFor): Promise<Collected> {
  const rows = new Map<string, Values>()
  let absent = fields.map(({ field }) => field)
  let first: JsonObject | undefined
  let valueless = 0
  const take = (record: JsonObject) => {
    first ??= record
    absent = absent.filter(field => valueAt(record, field) === undefined)
    const values = valuesIn(record, fields)
    if (values === undefined) valueless++
    else rows.set(JSON.stringify(values), values)
  }
  const { error, shortages } = await read(def, async records => {
    for (const record of records) take(objectIn(record))
  })
  return {
    rows: [...rows.values()],
    error,
    shortages: shortages.map(one => ({ ...one, of: def.name })),
    valueless,
    seen: Object.keys(first ?? {}).slice(0, MOST_NAMED),
    absent: first === undefined ? [] : absent,
  }
}

/** How many fields a message names. */
const MOST_NAMED = 30

/** The values of these fields, without those that are absent; undefined where one that is needed is. */
function valuesIn(record: JsonObject, fields: Fields): Values | undefined {
  const values = fields.map(({ field }) => textOf(record, field))
  if (fields.some(({ isOptional }, index) => isOptional !== true && !values[index])) return undefined
  return Object.fromEntries(
    fields.flatMap(({ as }, index) => (values[index] === undefined ? [] : [[as, values[index]] as const])),
  )
}
