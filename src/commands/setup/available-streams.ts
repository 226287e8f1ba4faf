import type { Settings } from '../../config/settings.ts'
import type { CustomStream } from '../../custom/compile.ts'
import type { CustomConfig, CustomStreams } from '../../custom/custom-streams.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { configError } from '../../errors.ts'
import { isObject } from '../../json.ts'
import { STREAMS } from '../../streams/index.ts'
import { readSchema } from '../../streams/schemas.ts'
import type { Program } from '../runtime/program.ts'

/** The streams that a config makes available. */
export interface AvailableStreams {
  /** What discover lists, built-in streams first. */
  readonly listed: readonly StreamDef[]
  readonly custom: CustomStreams
  /** Any stream by name, including those that are only read for others. */
  find(name: string): StreamDef | undefined
  /** The custom stream of that name. */
  findCustom(name: string): CustomStream | undefined
}

/** The parts of a setup that decide which streams are available. */
interface StreamSources {
  readonly config: CustomConfig
  readonly settings: Settings
  readonly origin: string
}

const NO_CUSTOM_STREAMS: CustomStreams = { streams: [], problems: new Map() }

/** The streams that a config makes available: the built-in ones, except those behind a switch that is off, and its own. */
export async function resolveStreams(setup: StreamSources): Promise<AvailableStreams> {
  const builtIn = builtInOf(setup.settings)
  const { custom_streams = [], lookups = [] } = setup.config
  const custom =
    custom_streams.length + lookups.length === 0 ? NO_CUSTOM_STREAMS : await customStreamsOf(setup, builtIn)
  const all = [...builtIn, ...custom.streams.map(({ def }) => def)]
  const byName = new Map(all.map(def => [def.name, def]))
  return {
    listed: all.filter(def => def.hidden !== true),
    custom,
    find: name => byName.get(name),
    findCustom: name => custom.streams.find(({ def }) => def.name === name),
  }
}

/** The streams of a setup. From here on, the secrets in the requests of custom streams are masked. Logs which of them read from
 *  another host. */
export async function openStreams(
  setup: StreamSources,
  { secrets, log }: Program,
): Promise<AvailableStreams> {
  const available = await resolveStreams(setup)
  for (const secret of available.custom.streams.flatMap(stream => stream.secrets)) secrets.add(secret)
  for (const remark of foreignRemarks(available)) log.info(remark)
  return available
}

/** A remark on each custom stream that reads from another host. */
export function foreignRemarks({ custom }: AvailableStreams): readonly string[] {
  return custom.streams.flatMap(({ def, foreign }) =>
    foreign === undefined ? [] : [`${def.name}: reads from ${foreign}, without the Babelforce credentials.`],
  )
}

/** Throws a config_error with everything that is wrong with the custom streams and lookups of the config, if anything is. */
export function refuseProblems({ custom }: AvailableStreams): void {
  if (custom.problems.size > 0) throw configError([...custom.problems.values()].join(' '))
}

/** Whether the config has a filter that the connector applies to this stream's records. */
export function isFiltered(def: StreamDef, settings: Settings): boolean {
  return Object.keys(def.clientFilters ?? {}).some(name => settings.filters[name] !== undefined)
}

function builtInOf({ agentSync }: Settings): readonly StreamDef[] {
  const { enabled, method, path } = agentSync
  return STREAMS.flatMap(def => {
    if (def.onlyIf === undefined) return [def]
    return enabled ? [{ ...def, routes: [{ ...def.routes[0], method, path }] as const }] : []
  })
}

async function customStreamsOf(setup: StreamSources, builtIn: readonly StreamDef[]): Promise<CustomStreams> {
  const { compileCustomStreams } = await import('../../custom/custom-streams.ts')
  const parents = builtIn.filter(def => def.hidden !== true && def.onlyIf === undefined).map(def => def.name)
  return compileCustomStreams(setup.config, {
    ...setup,
    builtIn: new Set(STREAMS.map(def => def.name)),
    parents: new Set(parents),
    fieldsOf: await fieldsOf(setup.config, new Set(parents)),
  })
}

/** The columns of the built-in streams that custom ones take values from. */
async function fieldsOf({ custom_streams = [], lookups = [] }: CustomConfig, parents: ReadonlySet<string>) {
  const named = [
    ...custom_streams.map(({ parent = '' }) => parent),
    ...lookups.map(({ source }) => (source.type === 'stream' ? source.stream : '')),
  ]
  const used = [...new Set(named)].filter(name => parents.has(name))
  const fields = await Promise.all(used.map(async name => [name, columnsOf(await readSchema(name))] as const))
  const byStream = new Map(fields)
  return (stream: string) => byStream.get(stream)
}

function columnsOf({ properties }: { readonly properties?: unknown }): readonly string[] {
  return Object.keys(isObject(properties) ? properties : {})
}
