import { ProtocolError, parseConfiguredCatalog, parseState } from '@airbyte-protocol/types/validate'
import type { Selected } from '../../engine/plan.ts'
import { configError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { readJsonFile } from '../../protocol/input.ts'
import type { Program } from '../runtime/program.ts'
import { readSetup, type Setup } from '../setup/setup.ts'

/** The files that `read` is given. */
export interface ReadPaths {
  readonly config: string
  readonly catalog: string
  readonly state: string | undefined
}

/** What is in them. */
export interface ReadInputs {
  readonly setup: Setup
  readonly selected: readonly SelectedStream[]
  readonly stateOf: (stream: string) => JsonObject | undefined
}

/** A stream as the catalog selects it, with the schema that discover found. */
export interface SelectedStream extends Selected {
  readonly schema: JsonObject
}

/** Reads config, catalog and state. Throws a config_error for the first that is not what it should be. */
export async function readInputs(paths: ReadPaths, program: Program): Promise<ReadInputs> {
  const setup = await readSetup(paths.config, program)
  const selected = await readCatalog(paths.catalog)
  return { setup, selected, stateOf: await readStates(paths.state, selected, program) }
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
  const messages = path === undefined ? [] : understood(parseState, await readJsonFile(path, 'state'))
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
