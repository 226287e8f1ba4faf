import type { StreamDef } from '../engine/define.ts'
import * as agents from './agents.ts'
import * as calls from './calls.ts'
import * as outbound from './outbound.ts'
import * as queues from './queues.ts'
import * as recordings from './recordings.ts'
import * as users from './users.ts'

const AREAS = [agents, calls, outbound, queues, recordings, users]

/** Every stream of the connector, by name in alphabetical order: whatever the area files export. */
export const STREAMS: readonly StreamDef[] = AREAS.flatMap(area => Object.values(area)).sort((a, b) =>
  a.name < b.name ? -1 : 1,
)

/** The stream of this name. */
export function findStream(name: string): StreamDef | undefined {
  return STREAMS.find(stream => stream.name === name)
}
