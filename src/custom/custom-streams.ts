import type { Config } from '../config/config.generated.ts'
import { didYouMean } from '../config/nearest.ts'
import { type CustomStream, compileCustomStream, type StreamContext } from './compile.ts'
import type { CustomStreamConfig } from './config.ts'
import { cycleOf } from './cycles.ts'
import { InvalidField } from './invalid.ts'
import { type FieldsOf, type Table, type Tables, tableOf } from './lookup/tables.ts'

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
  readonly fieldsOf: FieldsOf
}

/** The custom streams and lookups of a config. */
export type CustomConfig = Pick<Config, 'custom_streams' | 'lookups'>

/** Compiles all custom streams of a config. An invalid one does not keep the others from being read. */
export async function compileCustomStreams(config: CustomConfig, context: ConfigContext) {
  const { custom_streams = [] } = config
  const problems = new Map<string, string>()
  const lookupTables = tablesOf(config, context.fieldsOf, problems)
  const sources = { ...context, config, lookupTables }
  const streams: CustomStream[] = []
  for (const [index, stream] of custom_streams.entries()) {
    try {
      refuseName(stream.name, custom_streams.slice(0, index), context.builtIn)
      const tables = tablesFor(stream, sources)
      refuseSources(stream, tables, sources)
      streams.push(await compileCustomStream(stream, { ...context, tables }))
    } catch (error) {
      problems.set(stream.name, problemIn(`custom_streams[${index}] (${stream.name})`, error))
    }
  }
  return { streams, problems } satisfies CustomStreams
}

function tablesOf({ lookups = [] }: CustomConfig, fieldsOf: FieldsOf, problems: Map<string, string>): Tables {
  const tables = new Map<string, Table>()
  for (const [index, lookup] of lookups.entries()) {
    try {
      if (lookups.slice(0, index).some(({ name }) => name === lookup.name))
        throw new InvalidField('name', 'is already the name of another lookup; choose another')
      if (['now', 'window', 'parent'].includes(lookup.name))
        throw new InvalidField('name', 'is the name of a macro; choose another')
      tables.set(lookup.name, tableOf(lookup, fieldsOf))
    } catch (error) {
      problems.set(`lookups[${index}]`, problemIn(`lookups[${index}] (${lookup.name})`, error))
    }
  }
  return tables
}

function refuseName(name: string, before: readonly CustomStreamConfig[], builtIn: ReadonlySet<string>): void {
  const folded = name.toLowerCase()
  if (builtIn.has(folded)) throw new InvalidField('name', 'is the name of a built-in stream; choose another')
  const why = 'another custom stream (some destinations do not tell capitals apart)'
  if (before.some(one => one.name.toLowerCase() === folded))
    throw new InvalidField('name', `is already the name of ${why}; choose another`)
}

/** Where values may come from. */
interface Sources extends ConfigContext {
  readonly config: CustomConfig
  /** The tables of those lookups that are valid. */
  readonly lookupTables: Tables
}

/** The tables that a stream's macros may name. */
function tablesFor(stream: Partial<CustomStreamConfig>, { lookupTables, fieldsOf }: Sources): Tables {
  const { parent, lookups = [] } = stream
  const own = lookups.flatMap(name => [...lookupTables].filter(([one]) => one === name))
  if (parent === undefined) return new Map(own)
  return new Map([['parent', { stream: parent, columns: fieldsOf(parent) }], ...own])
}

function whyNone(name: string, { lookups = [] }: CustomConfig): string {
  const names = lookups.map(one => one.name)
  if (names.includes(name)) return `names ${name}, which is itself invalid; fix that first`
  const known = `${didYouMean(name, names)}there are ${names.length === 0 ? 'none' : names.join(', ')}`
  return `names ${name}, which is not one of the config's lookups; ${known}`
}

function refuseSources(stream: CustomStreamConfig, tables: Tables, sources: Sources): void {
  const { custom_streams = [] } = sources.config
  const missing = stream.lookups?.find(name => !tables.has(name))
  if (missing !== undefined) throw new InvalidField('lookups', whyNone(missing, sources.config))
  const known = [...sources.parents, ...custom_streams.map(one => one.name)]
  const strange = streamsIn(tables).find(name => !known.includes(name))
  if (strange !== undefined) {
    const what = `takes values from the stream ${strange}, which does not exist; ${didYouMean(strange, known)}`
    throw new InvalidField(
      strange === stream.parent ? 'parent' : 'lookups',
      `${what}name one that discover lists`,
    )
  }
  const byName = new Map(custom_streams.map(one => [one.name, one]))
  const cycle = cycleOf(stream.name, name => streamsIn(tablesFor(byName.get(name) ?? {}, sources)))
  const back = `(or a lookup) leads back to the stream itself: ${cycle?.join(', ')}`
  if (cycle !== undefined) throw new InvalidField('parent', `${back}; break the cycle`)
}

function streamsIn(tables: Tables): readonly string[] {
  return [...tables.values()].flatMap(table => ('stream' in table ? table.stream : []))
}

function problemIn(where: string, error: unknown): string {
  if (error instanceof InvalidField) return `${where}.${error.field} ${error.message}.`
  throw error
}
