import type { StreamDef } from '../../engine/stream/definition.ts'
import { asConnectorError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import type { Log } from '../../protocol/log.ts'
import { readSchema } from '../../streams/schemas.ts'
import type { AvailableStreams } from './available-streams.ts'

/** How many records a schema is inferred from. */
export const SAMPLE_SIZE = 100

/** What a schema is found with. */
interface SchemaSources {
  readonly available: AvailableStreams
  /** A stream's first records, at most SAMPLE_SIZE. */
  readonly sample: (def: StreamDef) => Promise<readonly JsonObject[]>
  readonly log: Log
}

/** The schema with which discover lists a stream: a built-in stream's own; a custom stream's from the config, or else from a
 *  sample. Without a sample it has only the key, the cursor and the catch-all, and a warning is logged. */
export async function discoverSchema(
  def: StreamDef,
  { available, sample, log }: SchemaSources,
): Promise<JsonObject> {
  const custom = available.findCustom(def.name)
  if (custom === undefined) return readSchema(def.name)
  const [{ completeSchema }, { inferSchema }] = await Promise.all([
    import('../../custom/schema/schema.ts'),
    import('../../custom/schema/infer.ts'),
  ])
  if (custom.schema !== undefined) return completeSchema(custom.schema, custom.columns)
  const records = await sample(def).catch(error => {
    log.warn(
      `${def.name}: no sample could be read, so its columns are unknown: ${asConnectorError(error).message}`,
    )
    return []
  })
  if (records.length === 0) log.warn(`${def.name}: no record was found to infer its columns from.`)
  return completeSchema(records.length === 0 ? undefined : inferSchema(records), custom.columns)
}

/** The schema that a stream's records are fitted to: a built-in stream's own; a custom stream's as the catalog has it, since
 *  a sample may have shown it. */
export async function recordSchema(
  def: StreamDef,
  available: AvailableStreams,
  inCatalog: JsonObject | undefined,
): Promise<JsonObject> {
  const custom = available.findCustom(def.name)
  if (custom === undefined) return readSchema(def.name)
  const { completeSchema } = await import('../../custom/schema/schema.ts')
  return completeSchema(inCatalog, custom.columns)
}
