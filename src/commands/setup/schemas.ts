import type { CustomStream } from '../../custom/compile.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { sampleStream } from '../../engine/sync/sample.ts'
import { asConnectorError, configError } from '../../errors.ts'
import type { Call } from '../../http/types.ts'
import type { JsonObject } from '../../json.ts'
import { readSchema } from '../../streams/schemas.ts'
import type { Program } from '../runtime/program.ts'
import { type AvailableStreams, resolveStreams } from './available-streams.ts'
import { type Setup, toEngine } from './setup.ts'

/** Records that a schema is worked out from. */
export const SAMPLE = 100
/** Custom streams that a check tries. */
const MOST_TRIED = 3

/** The streams of a setup. Secrets in the requests of custom streams are known from here on, and what is asked elsewhere
 *  is said. */
export async function openStreams(setup: Setup, program: Program): Promise<AvailableStreams> {
  const available = await resolveStreams(setup)
  for (const { def, secrets, foreign } of available.custom.streams) {
    for (const secret of secrets) program.secrets.add(secret)
    if (foreign !== undefined) program.log.info(`${def.name}: ${elsewhere(foreign)}`)
  }
  return available
}

/** The schema of any stream: of a built-in one its own, of a custom one what the config says or a sample shows. Where no sample
 *  can be had, key, cursor and the catch-all only, with a warning. */
export async function schemaFor(
  def: StreamDef,
  available: AvailableStreams,
  sample: () => Promise<readonly JsonObject[]>,
  { log }: Program,
) {
  const custom = available.findCustom(def.name)
  if (custom === undefined) return readSchema(def.name)
  const [{ completeSchema }, { inferSchema }] = await Promise.all([
    import('../../custom/schema/schema.ts'),
    import('../../custom/schema/infer.ts'),
  ])
  if (custom.schema !== undefined) return completeSchema(custom.schema, custom.columns)
  const records = await sample().catch(error => {
    log.warn(
      `${def.name}: no sample could be had, so its columns are not known: ${asConnectorError(error).message}`,
    )
    return []
  })
  if (records.length === 0) log.warn(`${def.name}: no record was found to tell its columns from.`)
  return completeSchema(records.length === 0 ? undefined : inferSchema(records), custom.columns)
}

/** A sample of a stream, as its schema is worked out from. */
export function sampler(
  def: StreamDef,
  available: AvailableStreams,
  setup: Setup,
  program: Program,
  call: () => Call,
) {
  return () => sampleStream(def, { engine: toEngine(setup, program, call()), find: available.find }, SAMPLE)
}

/** Throws a config_error with what is wrong with the custom streams and lookups of the config, if anything is. */
export function refuseProblems({ custom }: AvailableStreams): void {
  if (custom.problems.size > 0) throw configError([...custom.problems.values()].join(' '))
}

/** Tries a few of the custom streams that cost one GET request each. Gives back remarks on custom streams. */
export async function tryCustomStreams(
  available: AvailableStreams,
  setup: Setup,
  program: Program,
  call: Call,
): Promise<readonly string[]> {
  const { streams } = available.custom
  const engine = toEngine(setup, program, call)
  const remarks = streams.flatMap(({ def, foreign }) =>
    foreign === undefined ? [] : [`${def.name}: ${elsewhere(foreign)}`],
  )
  for (const custom of streams.filter(isCheap).slice(0, MOST_TRIED)) {
    const records = await sampleStream(custom.def, { engine, find: available.find }, 1)
    remarks.push(...remarksOn(custom, records))
  }
  return remarks
}

function elsewhere(foreign: string): string {
  return `${foreign} is asked, without the Babelforce credentials.`
}

/** Whether one GET request shows the stream's first records. */
function isCheap({ def }: CustomStream): boolean {
  const isRead = def.routes[0].method === 'GET'
  return isRead && (def.lookups ?? []).every(lookup => 'rows' in lookup)
}

function remarksOn({ def }: CustomStream, [first]: readonly JsonObject[]): string[] {
  if (first === undefined) return []
  const { primaryKey, incremental, name } = def
  const named = [
    ...primaryKey.map(field => ['primary_key', field] as const),
    ...(incremental === undefined ? [] : [['cursor_field', incremental.field] as const]),
  ]
  return named
    .filter(([, field]) => first[field] === undefined)
    .map(([where, field]) => `${name}: ${where} names ${field}, which its first record does not have.`)
}
