import { ProtocolError, parseConfiguredCatalog, parseState } from '@airbyte-protocol/types/validate'
import type { Selected } from '../../engine/plan.ts'
import { configError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { readJsonFile } from '../../protocol/input.ts'
import { readStateFile } from '../../protocol/state-file.ts'
import type { Program } from '../runtime/program.ts'
import { type AvailableStreams, openStreams } from '../setup/available-streams.ts'
import { namesIn } from '../setup/names.ts'
import { type SelectedStream, selectWithSchemas } from '../setup/select-streams.ts'
import { readSetup, type Setup } from '../setup/setup.ts'

/** What `read` is given: where config and state are, and a catalog or the names of streams. */
export interface ReadOptions {
  readonly config: string
  readonly catalog: string | undefined
  readonly streams: string | undefined
  readonly state: string | undefined
}

/** What is in them. */
export interface ReadInputs {
  readonly setup: Setup
  readonly available: AvailableStreams
  readonly selected: readonly SelectedStream[]
  readonly stateOf: (stream: string) => JsonObject | undefined
}

/** Reads config, catalog and state. Throws a config_error for the first that is not what it should be. */
export async function readInputs(options: ReadOptions, program: Program): Promise<ReadInputs> {
  const setup = await readSetup(options.config, program)
  const listed = options.catalog === undefined ? undefined : await readCatalog(options.catalog)
  const available = await openStreams(setup, program)
  const selected =
    listed ?? (await selectWithSchemas(namesIn(options.streams ?? ''), { setup, available }, program))
  return { setup, available, selected, stateOf: await readStates(options.state, selected, program) }
}

async function readCatalog(path: string): Promise<readonly SelectedStream[]> {
  const catalog = understood(parseConfiguredCatalog, await readJsonFile(path, 'catalog'))
  return catalog.streams.map(({ stream, sync_mode }) => ({
    name: stream.name,
    mode: sync_mode,
    schema: stream.json_schema as JsonObject,
  }))
}

/** The saved state of each stream. States of streams that are not selected are of no use, and logged. */
async function readStates(
  path: string | undefined,
  selected: readonly Selected[],
  { log }: Program,
): Promise<ReadInputs['stateOf']> {
  const messages = path === undefined ? [] : understood(parseState, await readStateFile(path))
  const states = new Map<string, JsonObject>()
  for (const { stream, data } of messages) {
    if (stream !== undefined)
      states.set(stream.stream_descriptor.name, (stream.stream_state ?? {}) as JsonObject)
    else for (const [name, state] of Object.entries(data ?? {})) if (isObject(state)) states.set(name, state)
  }
  const unused = [...states.keys()].filter(name => !selected.some(one => one.name === name))
  if (unused.length > 0)
    log.info(`The state also contains streams that are not selected: ${unused.join(', ')}.`)
  return stream => states.get(stream)
}

/** Parses a file of the platform. A mistake in it is for the user to fix. */
function understood<T>(parse: (value: unknown) => T, value: unknown): T {
  try {
    return parse(value)
  } catch (error) {
    if (error instanceof ProtocolError) throw configError(error.message)
    throw error
  }
}
