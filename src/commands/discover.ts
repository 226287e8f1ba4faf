import type { AirbyteStream } from '@airbyte-protocol/types'
import { canIncrement } from '../engine/plan.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import { BRISK } from '../http/retry/retry.ts'
import type { Call } from '../http/types.ts'
import type { JsonObject } from '../json.ts'
import type { Command } from './runtime/program.ts'
import { openStreams, refuseProblems, sampler, schemaFor } from './setup/schemas.ts'
import { openCall, readSetup } from './setup/setup.ts'

/** Lists every stream with its schema. Makes no request, but for a few to each custom stream whose schema is not given. */
export function discoverCommand(configPath: string): Command {
  return async program => {
    const setup = await readSetup(configPath, program)
    const available = await openStreams(setup, program)
    refuseProblems(available)
    let way: Call | undefined
    const call = () => (way ??= openCall(setup, program, BRISK, () => undefined))
    const streams = await Promise.all(
      available.listed.map(async def => {
        const schema = await schemaFor(def, available, sampler(def, available, setup, program, call), program)
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
    ...(incremental === undefined
      ? {}
      : { source_defined_cursor: true, default_cursor_field: [incremental.field] }),
    source_defined_primary_key: primaryKey.map(field => [field]),
    is_resumable: incremental !== undefined && incremental.filter !== 'connector',
  }
}
