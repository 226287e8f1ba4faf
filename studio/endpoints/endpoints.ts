import type { StreamDef } from '../../src/engine/stream/definition.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { readSchema } from '../../src/streams/schemas.ts'
import { SUGGESTED } from '../../src/streams/suggested.ts'
import type { Endpoint } from '../wire.ts'
import { touchesOf } from './settings.ts'

const OFFERED = STREAMS.filter(def => def.hidden !== true)

/** The streams that each field of the config touches, where that is not all of them. */
export const TOUCHES = touchesOf(OFFERED)

/** Every built-in stream, as the page lists it: from the definitions themselves. */
export function readEndpoints(): Promise<readonly Endpoint[]> {
  return Promise.all(OFFERED.map(endpointOf))
}

async function endpointOf(def: StreamDef): Promise<Endpoint> {
  const { description } = await readSchema(def.name)
  return {
    name: def.name,
    template: def.template,
    description: typeof description === 'string' ? description : '',
    paths: [...new Set(def.routes.map(({ path }) => path))],
    isCostly: def.costly === true,
    isSuggested: SUGGESTED.includes(def.name),
    disabled: def.routes[0].once === true ? CHANGES_DATA : undefined,
    settings: settingsOf(def.name),
  }
}

/** The settings that touch a stream: those that are most its own come first. */
function settingsOf(stream: string): readonly string[] {
  return Object.entries(TOUCHES)
    .filter(([, streams]) => streams.includes(stream))
    .sort(([, a], [, b]) => a.length - b.length)
    .map(([field]) => field)
}

const CHANGES_DATA =
  'Each request of this stream starts a synchronization of agents, which changes data, so the studio neither tests nor syncs it. Turn it on below, and select it in Airbyte.'
