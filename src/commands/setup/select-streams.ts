import { nearest } from '../../config/nearest.ts'
import type { Settings } from '../../config/settings.ts'
import { canIncrement, type Selected } from '../../engine/plan.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { configError } from '../../errors.ts'
import { SUGGESTED } from '../../streams/suggested.ts'
import type { AvailableStreams } from './available-streams.ts'

/** Selects streams by name, each to be read incrementally where it can be. Throws a config_error that names those that do not exist,
 *  with what they resemble. */
export function selectStreams(
  names: readonly string[],
  available: AvailableStreams,
  settings: Settings,
): readonly (Selected & { readonly def: StreamDef })[] {
  const unknown = names.filter(name => !isKnown(name, available))
  if (unknown.length > 0) throw configError(unknown.map(name => unknownStream(name, available)).join(' '))
  return [...new Set(names)].flatMap(name => {
    const def = available.find(name)
    // A custom stream that is not right is reported with everything else that is wrong with the config.
    if (def === undefined) throw configError(available.custom.problems.get(name) ?? '')
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

function unknownStream(name: string, { listed }: AvailableStreams): string {
  const near = nearest(
    name,
    listed.map(def => def.name),
  )
  const advice =
    near === undefined ? 'The command "discover" lists those that exist.' : `Did you mean ${near}?`
  return `There is no stream ${name}. ${advice}`
}
