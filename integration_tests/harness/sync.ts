import type { Simulator } from '../../simulator/server.ts'
import { type Ended, type Printed, type RunOptions, runProgram } from './program.ts'

/** The streams that a test reads when it does not say which. */
export type Mode = 'full_refresh' | 'incremental'

/** A config for this simulator, with what the test adds. */
export function configFor(simulator: Pick<Simulator, 'url'>, more: object = {}): object {
  return {
    base_url: simulator.url,
    credentials: { auth_type: 'password', username: 'demo@example.com', password: 'demo-password' },
    ...more,
  }
}

/** A configured catalog of these streams, without schemas. */
export function catalogOf(streams: readonly string[], mode: Mode = 'full_refresh'): object {
  return {
    streams: streams.map(name => ({
      stream: {
        name,
        json_schema: { type: 'object', properties: {} },
        supported_sync_modes: ['full_refresh'],
      },
      sync_mode: mode,
      destination_sync_mode: 'append',
    })),
  }
}

/** What a `read` is given. */
export interface Sync extends RunOptions {
  readonly config: object
  readonly catalog: object
  readonly state?: unknown
}

/** Runs `read` with these documents as files. */
export function read({ config, catalog, state, ...options }: Sync): Promise<Ended> {
  const files = { 'config.json': config, 'catalog.json': catalog, ...options.files }
  const args = ['read', '--config', 'config.json', '--catalog', 'catalog.json']
  if (state === undefined) return runProgram(args, { ...options, files })
  return runProgram([...args, '--state', 'state.json'], {
    ...options,
    files: { ...files, 'state.json': state },
  })
}

/** The records of a stream, in the order in which they were printed. */
export function recordsOf({ messages }: Pick<Ended, 'messages'>, stream: string): Printed[] {
  return messages
    .filter(one => one.type === 'RECORD' && one.record.stream === stream)
    .map(one => one.record.data)
}

/** All STATE messages of a stream; the last one is what the platform saves. */
export function statesOf({ messages }: Pick<Ended, 'messages'>, stream: string): Printed[] {
  return messages
    .filter(one => one.type === 'STATE' && one.state.stream.stream_descriptor.name === stream)
    .map(one => one.state)
}

/** The last state of every stream, as the platform hands it to the next sync. */
export function lastStates({ messages }: Pick<Ended, 'messages'>): Printed[] {
  const last = new Map<string, Printed>()
  for (const one of messages)
    if (one.type === 'STATE') last.set(one.state.stream.stream_descriptor.name, one.state)
  return [...last.values()]
}

/** The errors that were traced, in order. */
export function errorsOf({ messages }: Pick<Ended, 'messages'>): Printed[] {
  return messages
    .filter(one => one.type === 'TRACE' && one.trace.type === 'ERROR')
    .map(one => one.trace.error)
}

/** What happened to a stream, in order and in short: STARTED, RUNNING, record, STATE, COMPLETE ... Runs of records are
 *  one entry. */
export function storyOf({ messages }: Pick<Ended, 'messages'>, stream: string): string[] {
  const story = messages.map(one => chapter(one, stream)).filter(one => one !== undefined)
  return story.filter((one, index) => one !== story[index - 1])
}

function chapter(message: Printed, stream: string): string | undefined {
  const { record, state, trace } = message
  if (message.type === 'RECORD' && record.stream === stream) return 'record'
  if (message.type === 'STATE' && state.stream.stream_descriptor.name === stream) return 'STATE'
  const status = trace?.stream_status
  if (status?.stream_descriptor.name === stream) return status.status
  return trace?.error?.stream_descriptor?.name === stream ? trace.error.failure_type : undefined
}

/** What the simulator says of a stream: the keys of all its records. */
export async function idsOf(simulator: Pick<Simulator, 'url'>, stream: string): Promise<string[]> {
  const response = await fetch(`${simulator.url}/__world/${stream}/ids`)
  return (await response.json()) as string[]
}

/** How many requests the simulator has had, by path and in all. */
export async function statsOf(simulator: Pick<Simulator, 'url'>): Promise<Printed> {
  return (await fetch(`${simulator.url}/__stats`)).json()
}

/** Lets calls happen now, or takes records away: ?calls=N&agents=N&lists=N. */
export async function advance(simulator: Pick<Simulator, 'url'>, query: string): Promise<void> {
  await fetch(`${simulator.url}/__world/advance?${query}`, { method: 'POST' })
}
