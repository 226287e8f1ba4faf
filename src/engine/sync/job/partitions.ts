import { type ConnectorError, configError } from '../../../errors.ts'
import type { Shortage } from '../../evidence/shortages.ts'
import type { Engine, Slice, SyncSettings } from '../../stream/context.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { Lookup } from '../../stream/lookup.ts'
import type { Mistakes } from '../../stream/mistakes.ts'
import { askableBy } from './parent-ids.ts'
import {
  type Collected,
  collectOnce,
  type Find,
  type ReadFor,
  type Rows,
  type RowsOf,
  type Values,
} from './parent-rows.ts'

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

/** The most parts that lookups may multiply to. */
export const MOST_PARTS = 10_000

/** Reads parents' fields, each parent stream once a run however many children ask it for the same. Where the config names
 *  ids, those are taken, and the parent is not read. */
export function createPartitions(find: Find, engine: Engine, read: ReadFor): Partitions {
  const rowsOf = collectOnce(find, read)
  return async child => {
    const { fixed, parent } = splitOf(child, engine)
    const parts = [fixedRows([fixed]), await parentRows(parent, engine, rowsOf)]
    for (const lookup of child.lookups ?? []) parts.push(await lookupRows(lookup, child.mistakes, rowsOf))
    const isSplit = parent !== undefined || child.lookups !== undefined
    const isWhole = child.splitBy === undefined && !isSplit
    return {
      slices: isWhole ? [{}] : multiplied(child, parts).map(values => ({ parent: values })),
      isSplit,
      error: parts.find(({ error }) => error !== undefined)?.error,
      shortages: parts.flatMap(({ shortages }) => shortages),
      valueless: parts.reduce((sum, part) => sum + part.valueless, 0),
    }
  }
}

async function parentRows(parent: StreamDef['parent'], { settings }: Engine, rowsOf: RowsOf): Promise<Rows> {
  if (parent === undefined) return fixedRows([{}])
  const { stream, field, as } = parent
  const given = givenIds(parent, settings)
  return given.length > 0
    ? fixedRows(given.map(id => ({ [as]: id })))
    : rowsOf(stream, [{ field, as }], askableBy(field))
}

/** The ids that the config names instead of a parent's records; none where it names none. */
export function givenIds(
  { ids }: Pick<NonNullable<StreamDef['parent']>, 'ids'> = {},
  settings: Pick<SyncSettings, 'ids'>,
): readonly string[] {
  return ids === undefined ? [] : (settings.ids[ids] ?? [])
}

async function lookupRows(lookup: Lookup, mistakes: Mistakes | undefined, rowsOf: RowsOf): Promise<Rows> {
  return 'rows' in lookup
    ? fixedRows(lookup.rows, lookup.needed)
    : checked(await rowsOf(lookup.stream, lookup.fields), lookup.stream, mistakes)
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
  const fixed = Object.fromEntries(
    Object.values(splitBy).flatMap(({ as }) => {
      const value = settings.filters[as]
      return value === undefined ? [] : [[as, value] as const]
    }),
  )
  const chosen = settings.splitBy === undefined ? undefined : splitBy[settings.splitBy]
  return { fixed, parent: chosen === undefined || chosen.as in fixed ? undefined : chosen }
}

function multiplied({ name, lookups = [] }: StreamDef, parts: readonly Rows[]): readonly Values[] {
  const lists = parts.map(({ rows }) => rows)
  const count = lists.reduce((product, rows) => product * rows.length, 1)
  if (lookups.length > 1 && count > MOST_PARTS) throw tooMany(name, count)
  return lists.reduce((all, rows) => all.flatMap(one => rows.map(row => ({ ...one, ...row }))))
}

function tooMany(name: string, count: number): Error {
  return configError(
    `The lookups of stream ${name} multiply to ${count} requests, where ${MOST_PARTS} are allowed. Use fewer rows, or one ` +
      'lookup with a row for each combination that is wanted.',
  )
}
