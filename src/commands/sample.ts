import { parseConfig } from '../config/parse.ts'
import type { Suggestions } from '../custom/suggest/suggest.ts'
import { leftOut } from '../engine/records/tally.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import { sampleStream } from '../engine/sync/sample.ts'
import type { Sample } from '../engine/sync/sampled.ts'
import { asConnectorError, configError } from '../errors.ts'
import { recordRequests } from '../http/call-layers.ts'
import { BRISK } from '../http/retry/patience.ts'
import type { Call, Reply } from '../http/types.ts'
import type { Json, JsonObject } from '../json.ts'
import { parseJson } from '../json-text.ts'
import { SILENT_LOG } from '../protocol/log.ts'
import type { Program } from './runtime/program.ts'
import { refuseToLoseToken, runInTerminal, type Terminal } from './runtime/terminal.ts'
import type { SampleOptions } from './sample/arguments.ts'
import type { Sampled } from './sample/report.ts'
import { type AvailableStreams, openStreams } from './setup/available-streams.ts'
import { discoverSchema, SAMPLE_SIZE } from './setup/schemas.ts'
import { unknownStream } from './setup/select-streams.ts'
import { openCall, readSetup, type Setup, toEngine } from './setup/setup.ts'

/** The name of the stream for an endpoint that is not in the config yet. */
const TRIED = 'sampled_url'

/** Shows a stream's first records, the requests behind them, and the schema that they would have. Resolves to the exit code: 1
 *  if there was an error, which is shown after everything that was seen before it. */
export function showSample(options: SampleOptions, terminal: Terminal): Promise<number> {
  return runInTerminal(terminal, options.saveConfig, async program => {
    const setup = withTried(await readSetup(options.config, program), options)
    refuseToLoseToken(setup.config.credentials, options.saveConfig)
    const sampled = await takeSample(options, setup, program)
    terminal.print(program.mask(await reportOf(sampled, options.format, terminal.width)))
    if (sampled.error !== undefined) terminal.tell(`${program.mask(sampled.error.message)}\n`)
    return sampled.error === undefined ? 0 : 1
  })
}

/** The setup with the endpoint to try as one more custom stream. Throws a config_error for what is wrong with it, unknown fields
 *  included: they were typed for this. */
function withTried(setup: Setup, { tried, as = TRIED }: SampleOptions): Setup {
  if (tried === undefined) return setup
  const { custom_streams = [] } = setup.config
  const streams = [...custom_streams, { name: as, ...tried }]
  const { config, remarks } = parseConfig({ ...setup.config, custom_streams: streams } as unknown as Json)
  const [remark] = remarks.filter(one => one.startsWith(`custom_streams[${custom_streams.length}]`))
  if (remark !== undefined) throw configError(remark)
  return { ...setup, config }
}

/** The first records of a stream of this setup, and all that was seen on the way. Throws a config_error where there is nothing
 *  to sample; other errors are part of what was seen. */
export async function takeSample(
  options: Pick<SampleOptions, 'stream' | 'limit' | 'suggest'> & Partial<Pick<SampleOptions, 'as'>>,
  setup: Setup,
  program: Program,
  way: Call = openCall(setup, program, BRISK, () => undefined),
): Promise<Sampled> {
  const available = await openStreams(setup, program)
  const name = options.stream ?? options.as ?? TRIED
  const problem = available.custom.problems.get(name)
  if (problem !== undefined) throw configError(problem)
  const def = samplable(name, available)
  const { call, requests } = recordRequests(way)
  const engine = toEngine(setup, program, call)
  const wanted = Math.max(SAMPLE_SIZE, options.limit)
  const { sample, error } = await sampleStream(def, { engine, find: available.find }, wanted).then(
    found => ({ sample: found, error: found.mistake }),
    cause => ({ sample: undefined, error: asConnectorError(cause) }),
  )
  const schema = sample === undefined ? undefined : await schemaOf(sample, def, available)
  return {
    requests,
    records: shapedBy(schema, def, (sample?.records ?? []).slice(0, options.limit)),
    schema,
    entry: setup.config.custom_streams?.find(one => one.name === options.as),
    suggestions: options.suggest ? await suggestionsIn(requests.at(-1)?.reply) : undefined,
    remarks: sample === undefined ? [] : remarksOn(sample, available.findCustom(name)?.included),
    error,
  }
}

/** The schema that the records have; undefined where a custom stream has none of which to infer it. */
async function schemaOf(
  sample: Sample,
  def: StreamDef,
  available: AvailableStreams,
): Promise<JsonObject | undefined> {
  const isKnown = available.findCustom(def.name) === undefined
  if (!isKnown && sample.records.length === 0) return undefined
  return discoverSchema(def, { available, log: SILENT_LOG, sample: async () => sample })
}

/** The records as a stream of this schema gives them. */
function shapedBy(
  schema: JsonObject | undefined,
  def: StreamDef,
  records: Sample['records'],
): Sample['records'] {
  const shape = schema === undefined ? undefined : def.reshape?.(schema)
  return shape === undefined ? records : records.map(shape)
}

/** What is not among the records, and why. */
function remarksOn(
  { tally, failures, raw }: Sample,
  included: ReadonlyMap<string, string> = new Map(),
): string[] {
  const own = [...included].filter(([, column]) => raw.some(record => Object.hasOwn(record, column)))
  return [
    ...leftOut(tally).map(words => `${words}.`),
    ...failures.map(({ message }) => `A part failed: ${message}`),
    ...own.map(
      ([value, column]) =>
        `Records have a field ${column} of their own, so ${value} is not included in those.`,
    ),
  ]
}

function samplable(name: string, available: AvailableStreams): StreamDef {
  const def = available.find(name)
  if (def === undefined || def.hidden === true) throw configError(unknownStream(name, available))
  if (def.routes[0].once === true)
    throw configError(`Stream ${name} changes data with each request, so it is not sampled.`)
  return def
}

/** Paths to the records in the last response, whether or not the stream could read it. */
async function suggestionsIn(reply: Reply | undefined): Promise<Suggestions | undefined> {
  if (reply === undefined) return undefined
  const isXml = /^\s*</.test(reply.bytes.toString('utf8', 0, 200).replace(/^\ufeff/, ''))
  const { suggestPaths, suggestXPaths } = await import('../custom/suggest/suggest.ts')
  if (!isXml) return suggestPaths(parseJson(reply.bytes.toString('utf8')))
  const { parseXml } = await import('../custom/response/xml.ts')
  return suggestXPaths(parseXml(reply.bytes))
}

async function reportOf(sampled: Sampled, format: 'table' | 'json', width: number): Promise<string> {
  const { reportAsJson, reportAsTable } = await import('./sample/report.ts')
  return format === 'json' ? reportAsJson(sampled) : reportAsTable(sampled, width)
}
