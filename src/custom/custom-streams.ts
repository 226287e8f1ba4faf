import { didYouMean } from '../config/nearest.ts'
import { type CustomStream, compileCustomStream, type StreamContext } from './compile.ts'
import type { CustomStreamConfig, LookupConfig } from './config.ts'
import { cyclesIn } from './cycles.ts'
import { InvalidField } from './invalid.ts'
import { type Table, tableOf } from './lookup/tables.ts'

/** The custom part of a config, compiled. */
export interface CustomStreams {
  readonly streams: readonly CustomStream[]
  /** What is wrong, one sentence per stream or lookup: by the name of a stream, or the position of a lookup (lookups[0]). */
  readonly problems: ReadonlyMap<string, string>
}

/** What the custom part of a config is compiled against. */
export interface ConfigContext extends Omit<StreamContext, 'tables'> {
  /** Names that are taken. */
  readonly builtIn: ReadonlySet<string>
  /** Built-in streams that can be the parents of others. */
  readonly parents: ReadonlySet<string>
}

/** The custom streams and lookups of a config. */
export interface CustomConfig {
  readonly custom_streams?: readonly CustomStreamConfig[]
  readonly lookups?: readonly LookupConfig[]
}

type Tables = ReadonlyMap<string, Table | 'invalid'>

/** Compiles all custom streams of a config. An invalid one does not keep the others from being read. */
export async function compileCustomStreams(
  config: CustomConfig,
  context: ConfigContext,
): Promise<CustomStreams> {
  const { custom_streams = [], lookups = [] } = config
  const problems = new Map<string, string>()
  const tables = tablesOf(lookups, problems)
  const cycles = cyclesIn(custom_streams, stream => sourcesOf(stream, tables))
  const streams: CustomStream[] = []
  for (const [index, stream] of custom_streams.entries()) {
    try {
      refuseName(stream, custom_streams.slice(0, index), context)
      refuseSources(stream, { ...context, tables, streams: custom_streams, cycles })
      streams.push(await compileCustomStream(stream, { ...context, tables: tablesFor(stream, tables) }))
    } catch (error) {
      problems.set(stream.name, problemIn(`custom_streams[${index}] (${stream.name})`, error))
    }
  }
  return { streams, problems }
}

function tablesOf(lookups: readonly LookupConfig[], problems: Map<string, string>): Tables {
  const tables = new Map<string, Table | 'invalid'>()
  for (const [index, lookup] of lookups.entries()) {
    try {
      if (tables.has(lookup.name))
        throw new InvalidField('name', 'is already the name of another lookup; choose another')
      if (['now', 'window', 'parent'].includes(lookup.name))
        throw new InvalidField('name', 'is the name of a macro; choose another')
      tables.set(lookup.name, tableOf(lookup))
    } catch (error) {
      if (!tables.has(lookup.name)) tables.set(lookup.name, 'invalid')
      problems.set(`lookups[${index}]`, problemIn(`lookups[${index}] (${lookup.name})`, error))
    }
  }
  return tables
}

/** The tables that a stream's macros may name. */
function tablesFor(stream: CustomStreamConfig, tables: Tables): ReadonlyMap<string, Table> {
  const parent = stream.parent
  const own = (stream.lookups ?? []).map(name => [name, tables.get(name)] as const)
  const rows = own.filter(
    (entry): entry is [string, Table] => entry[1] !== undefined && entry[1] !== 'invalid',
  )
  return new Map([...(parent === undefined ? [] : [['parent', { stream: parent }] as const]), ...rows])
}

/** The streams that a stream takes values from, each with the field that names it. */
function sourcesOf(stream: CustomStreamConfig, tables: Tables): [field: string, stream: string][] {
  return [...tablesFor(stream, tables)].flatMap(([name, table]): [string, string][] =>
    'stream' in table ? [[name === 'parent' ? 'parent' : 'lookups', table.stream]] : [],
  )
}

function refuseName(
  { name }: CustomStreamConfig,
  before: readonly CustomStreamConfig[],
  { builtIn }: ConfigContext,
): void {
  const folded = name.toLowerCase()
  if (builtIn.has(folded)) throw new InvalidField('name', 'is the name of a built-in stream; choose another')
  if (before.some(one => one.name.toLowerCase() === folded))
    throw new InvalidField(
      'name',
      'is already the name of another custom stream (some destinations do not tell capitals apart); choose another',
    )
}

interface Graph extends ConfigContext {
  readonly tables: Tables
  readonly streams: readonly CustomStreamConfig[]
  readonly cycles: ReadonlyMap<string, string>
}

function refuseSources(stream: CustomStreamConfig, { tables, streams, cycles, parents }: Graph): void {
  for (const name of stream.lookups ?? []) {
    const table = tables.get(name)
    if (table === undefined)
      throw new InvalidField(
        'lookups',
        `names ${name}, which is not one of the config's lookups; ${didYouMean(name, tables.keys())}there are ${listed([...tables.keys()])}`,
      )
    if (table === 'invalid')
      throw new InvalidField('lookups', `names ${name}, which is itself invalid; fix that first`)
  }
  for (const [field, source] of sourcesOf(stream, tables)) {
    if (parents.has(source) || streams.some(one => one.name === source)) continue
    const meant = didYouMean(source, [...parents, ...streams.map(one => one.name)])
    throw new InvalidField(
      field,
      `takes values from the stream ${source}, which does not exist; ${meant}name one that discover lists`,
    )
  }
  const cycle = cycles.get(stream.name)
  if (cycle !== undefined)
    throw new InvalidField(
      'parent',
      `(or a lookup) leads back to the stream itself: ${cycle}; break the cycle`,
    )
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}

function problemIn(where: string, error: unknown): string {
  if (error instanceof InvalidField) return `${where}.${error.field} ${error.message}.`
  throw error
}
