import { leftOut } from '../../engine/records/tally.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import type { Sample } from '../../engine/sync/sampled.ts'
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
  readonly sample: (def: StreamDef) => Promise<Sample>
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
  const sampled = await sample(def).catch(error => {
    log.warn(
      `${def.name}: no sample could be read, so its columns are unknown: ${asConnectorError(error).message}`,
    )
    return undefined
  })
  const { records = [], failures = [], mistake } = sampled ?? {}
  for (const { message } of failures) log.warn(`${def.name}: a part of the sample is missing: ${message}`)
  if (mistake !== undefined) log.warn(`${def.name}: ${mistake.message}`)
  if (records.length === 0) log.warn(emptyWords(def, sampled))
  const isXml = def.reshape !== undefined
  return completeSchema(records.length === 0 ? undefined : inferSchema(records, { isXml }), custom.columns)
}

function emptyWords({ name }: StreamDef, sampled: Sample | undefined): string {
  const reasons = sampled === undefined ? [] : leftOut(sampled.tally)
  return `${name}: no record was found to infer its columns from${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}.`
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
