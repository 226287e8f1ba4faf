import type { AirbyteStream, ConfiguredAirbyteStream } from '@airbyte-protocol/types'
import { canIncrement } from '../engine/plan.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { Command } from './runtime/program.ts'
import { refuseToLoseToken, runInTerminal, type Terminal } from './runtime/terminal.ts'
import { openStreams, refuseProblems } from './setup/available-streams.ts'
import { namesIn } from './setup/names.ts'
import { createSampler } from './setup/sampler.ts'
import { discoverSchema } from './setup/schemas.ts'
import { selectWithSchemas } from './setup/select-streams.ts'
import { readSetup } from './setup/setup.ts'

/** What `discover` is given. */
export interface DiscoverOptions {
  readonly config: string
  /** Whether to print a catalog that `read` takes. */
  readonly configured: boolean
  /** The streams in it; all if it is left out. */
  readonly streams: string | undefined
}

/** Prints a configured catalog: what `read` takes as --catalog. Resolves to the exit code. */
export function printConfigured({ config, streams }: DiscoverOptions, terminal: Terminal): Promise<number> {
  return runInTerminal(terminal, undefined, async program => {
    const setup = await readSetup(config, program)
    refuseToLoseToken(setup.config.credentials, undefined)
    const available = await openStreams(setup, program)
    if (streams === undefined) refuseProblems(available)
    const names = streams === undefined ? available.listed.map(({ name }) => name) : namesIn(streams)
    const selected = await selectWithSchemas(names, { setup, available }, program)
    const configured = selected.map(({ def, mode, schema }) =>
      configuredStream(describe(def, schema, mode === 'incremental')),
    )
    terminal.print(`${JSON.stringify({ streams: configured }, undefined, 2)}\n`)
    return 0
  })
}

/** Streams with a cursor are added to, record by record; the others are replaced. */
export function configuredStream(stream: AirbyteStream): ConfiguredAirbyteStream {
  const { default_cursor_field, source_defined_primary_key = [] } = stream
  const primary_key = source_defined_primary_key
  if (default_cursor_field === undefined)
    return { stream, sync_mode: 'full_refresh', destination_sync_mode: 'overwrite', primary_key }
  return {
    stream,
    sync_mode: 'incremental',
    destination_sync_mode: primary_key.length === 0 ? 'append' : 'append_dedup',
    cursor_field: default_cursor_field,
    primary_key,
  }
}

/** Lists every stream with its schema. Makes no request, except a few for each custom stream without a schema in the config. */
export function discoverCommand(configPath: string): Command {
  return async program => {
    const setup = await readSetup(configPath, program)
    const available = await openStreams(setup, program)
    refuseProblems(available)
    const sample = createSampler(setup, program, available)
    const streams = await Promise.all(
      available.listed.map(async def => {
        const schema = await discoverSchema(def, { available, sample, log: program.log })
        return describe(def, schema, canIncrement(def, setup.settings))
      }),
    )
    program.output.send({ type: 'CATALOG', catalog: { streams } })
    return 0
  }
}

/** A stream as the catalog has it. */
export function describe(def: StreamDef, schema: JsonObject, increments: boolean): AirbyteStream {
  const { primaryKey } = def
  const incremental = increments ? def.incremental : undefined
  const pathTo = (field: string) => pathIn(schema, field)
  return {
    name: def.name,
    json_schema: schema,
    supported_sync_modes: incremental === undefined ? ['full_refresh'] : ['full_refresh', 'incremental'],
    ...(incremental && { source_defined_cursor: true, default_cursor_field: pathTo(incremental.field) }),
    source_defined_primary_key: primaryKey.map(pathTo),
    is_resumable: incremental !== undefined && incremental.strategy !== 'filtered',
  }
}

/** The path to a field: one name where the schema has a column of just this name, else its steps. */
function pathIn({ properties }: JsonObject, field: string): string[] {
  const isColumn = isObject(properties) && Object.hasOwn(properties, field)
  return isColumn ? [field] : field.split('.')
}
