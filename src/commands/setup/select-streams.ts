import { nearest } from '../../config/nearest.ts'
import type { Settings } from '../../config/settings.ts'
import { canIncrement, type Selected } from '../../engine/plan.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { configError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import { SUGGESTED } from '../../streams/suggested.ts'
import type { Program } from '../runtime/program.ts'
import type { AvailableStreams } from './available-streams.ts'
import { createSampler } from './sampler.ts'
import { discoverSchema } from './schemas.ts'
import type { Setup } from './setup.ts'

/** A stream that is selected by its name. */
export interface NamedStream extends Selected {
  readonly def: StreamDef
}

/** A stream that is selected, with the schema that discover found. */
export interface SelectedStream extends Selected {
  readonly schema: JsonObject
}

/** What streams are selected from. */
interface Sources {
  readonly setup: Setup
  readonly available: AvailableStreams
}

/** Selects streams by name, with their schemas; a custom stream's is inferred from a sample if the config has none. */
export async function selectWithSchemas(
  names: readonly string[],
  { setup, available }: Sources,
  program: Program,
): Promise<readonly (NamedStream & SelectedStream)[]> {
  const sample = createSampler(setup, program, available)
  return Promise.all(
    selectStreams(names, available, setup.settings).map(async stream => ({
      ...stream,
      schema: await discoverSchema(stream.def, { available, sample, log: program.log }),
    })),
  )
}

/** Selects streams by name, each to be read incrementally where it can be. Throws a config_error that names those that do not exist,
 *  with what they resemble, and says all that is wrong with custom ones. */
export function selectStreams(
  names: readonly string[],
  available: AvailableStreams,
  settings: Settings,
): readonly NamedStream[] {
  const unknown = names.filter(name => !isKnown(name, available))
  if (unknown.length > 0) throw configError(unknown.map(name => unknownStream(name, available)).join(' '))
  const problems = names.flatMap(name => available.custom.problems.get(name) ?? [])
  if (problems.length > 0) throw configError([...new Set(problems)].join(' '))
  return [...new Set(names)].flatMap(name => {
    const def = available.find(name)
    if (def === undefined) return []
    return [{ name, def, mode: canIncrement(def, settings) ? 'incremental' : 'full_refresh' } as const]
  })
}

/** The streams to read where none are named: the suggested ones, except those that cost a request for each record, and the config's
 *  own. */
export function defaultStreams({ listed, find }: AvailableStreams): readonly string[] {
  const suggested = SUGGESTED.filter(name => isCheap(find(name)))
  const own = listed.filter(({ routes: [route] }) => route.source === 'custom' && route.once !== true)
  return [...suggested, ...own.map(({ name }) => name)]
}

/** Whether a request gives more than one record. */
function isCheap(def: StreamDef | undefined): boolean {
  return def !== undefined && def.costly !== true && def.incremental?.strategy !== 'intervals'
}

function isKnown(name: string, { listed, custom }: AvailableStreams): boolean {
  return custom.problems.has(name) || listed.some(def => def.name === name)
}

/** The sentence for a stream that does not exist, with the one that it resembles. */
export function unknownStream(name: string, { listed }: AvailableStreams): string {
  const near = nearest(
    name,
    listed.map(def => def.name),
  )
  const advice =
    near === undefined ? 'The command "discover" lists those that exist.' : `Did you mean ${near}?`
  return `There is no stream ${name}. ${advice}`
}
