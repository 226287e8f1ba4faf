import type { AirbyteStream } from '@airbyte-protocol/types'
import { canIncrement } from '../engine/plan.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'
import type { Command } from './runtime/program.ts'
import { openStreams, refuseProblems } from './setup/available-streams.ts'
import { createSampler } from './setup/sampler.ts'
import { discoverSchema } from './setup/schemas.ts'
import { readSetup } from './setup/setup.ts'

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
  return {
    name: def.name,
    json_schema: schema,
    supported_sync_modes: incremental === undefined ? ['full_refresh'] : ['full_refresh', 'incremental'],
    ...(incremental && { source_defined_cursor: true, default_cursor_field: [incremental.field] }),
    source_defined_primary_key: primaryKey.map(field => [field]),
    is_resumable: incremental !== undefined && incremental.strategy !== 'filtered',
  }
}
