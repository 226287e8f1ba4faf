import type { Settings } from '../../config/settings.ts'
import type { CustomStream } from '../../custom/compile.ts'
import type { CustomConfig, CustomStreams } from '../../custom/custom-streams.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { isObject } from '../../json.ts'
import { STREAMS } from '../../streams/index.ts'
import { readSchema } from '../../streams/schemas.ts'

/** The streams of a run. */
export interface Offer {
  /** What discover lists, built-in streams first. */
  readonly offered: readonly StreamDef[]
  readonly custom: CustomStreams
  /** Any stream by name, those included that are read for others only. */
  find(name: string): StreamDef | undefined
  /** The custom stream of that name. */
  findCustom(name: string): CustomStream | undefined
}

/** The parts of a setup that decide which streams there are. */
interface Offering {
  readonly config: CustomConfig
  readonly settings: Settings
  readonly origin: string
}

const NO_CUSTOM_STREAMS: CustomStreams = { streams: [], problems: new Map() }

/** The streams that a config offers: the built-in ones, but for those behind a switch that is off, and its own. */
export async function offerOf(offering: Offering): Promise<Offer> {
  const builtIn = builtInOf(offering.settings)
  const { custom_streams = [], lookups = [] } = offering.config
  const custom =
    custom_streams.length + lookups.length === 0
      ? NO_CUSTOM_STREAMS
      : await customStreamsOf(offering, builtIn)
  const all = [...builtIn, ...custom.streams.map(({ def }) => def)]
  const byName = new Map(all.map(def => [def.name, def]))
  return {
    offered: all.filter(def => def.hidden !== true),
    custom,
    find: name => byName.get(name),
    findCustom: name => custom.streams.find(({ def }) => def.name === name),
  }
}

/** Whether the config has a filter that looks into this stream's records. */
export function isFiltered(def: StreamDef, settings: Settings): boolean {
  return Object.keys(def.keep ?? {}).some(name => settings.filters[name] !== undefined)
}

function builtInOf({ agentSync }: Settings): readonly StreamDef[] {
  const { enabled, method, path } = agentSync
  return STREAMS.flatMap(def => {
    if (def.gate === undefined) return [def]
    return enabled ? [{ ...def, routes: [{ ...def.routes[0], method, path }] as const }] : []
  })
}

async function customStreamsOf(offering: Offering, builtIn: readonly StreamDef[]): Promise<CustomStreams> {
  const { compileCustomStreams } = await import('../../custom/custom-streams.ts')
  const parents = builtIn.filter(def => def.hidden !== true && def.gate === undefined).map(def => def.name)
  return compileCustomStreams(offering.config, {
    ...offering,
    builtIn: new Set(STREAMS.map(def => def.name)),
    parents: new Set(parents),
    fieldsOf: await fieldsOf(offering.config, new Set(parents)),
  })
}

/** The columns of the built-in streams from which custom ones take values. */
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
