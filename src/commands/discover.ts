import type { AirbyteStream } from '@airbyte-protocol/types'
import type { StreamDef } from '../engine/define.ts'
import { canIncrement } from '../engine/plan.ts'
import type { JsonObject } from '../json.ts'
import { readSchema } from '../streams/schemas.ts'
import { offerOf } from './offer.ts'
import type { Command } from './program.ts'
import { readSetup } from './setup.ts'

/** Lists every stream with its schema. Makes no request. */
export function discoverCommand(configPath: string): Command {
  return async program => {
    const { settings } = await readSetup(configPath, program)
    const { offered } = offerOf(settings)
    const streams = await Promise.all(
      offered.map(async def => describe(def, await readSchema(def.name), canIncrement(def, settings))),
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
