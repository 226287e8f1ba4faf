import type { AirbyteStream } from '@airbyte-protocol/types'
import { canIncrement } from '../engine/plan.ts'
import type { Engine } from '../engine/stream/context.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import { sampleStream } from '../engine/sync/sample.ts'
import { BRISK } from '../http/retry/patience.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { Command, Program } from './runtime/program.ts'
import { type AvailableStreams, openStreams, refuseProblems } from './setup/available-streams.ts'
import { discoverSchema, SAMPLE_SIZE } from './setup/schemas.ts'
import { openCall, readSetup, type Setup, toEngine } from './setup/setup.ts'

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

/** Samples streams. The way to the API is opened when it is first needed. */
function createSampler(setup: Setup, program: Program, { find }: AvailableStreams) {
  let engine: Engine | undefined
  return (def: StreamDef) => {
    engine ??= toEngine(
      setup,
      program,
      openCall(setup, program, BRISK, () => undefined),
    )
    return sampleStream(def, { engine, find }, SAMPLE_SIZE)
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
