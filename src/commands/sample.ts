import type { Suggestions } from '../custom/suggest/suggest.ts'
import type { StreamDef } from '../engine/stream/definition.ts'
import { sampleStream } from '../engine/sync/sample.ts'
import { asConnectorError, configError } from '../errors.ts'
import { recordRequests } from '../http/call-layers.ts'
import { BRISK } from '../http/retry/patience.ts'
import type { Reply } from '../http/types.ts'
import { parseJson } from '../json-text.ts'
import type { Program } from './runtime/program.ts'
import { refuseToLoseToken, runInTerminal, type Terminal } from './runtime/terminal.ts'
import type { SampleOptions } from './sample/arguments.ts'
import type { Sampled } from './sample/report.ts'
import { type AvailableStreams, openStreams } from './setup/available-streams.ts'
import { SAMPLE_SIZE } from './setup/schemas.ts'
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

/** The setup with the endpoint to try as one more custom stream. */
function withTried(setup: Setup, { tried }: SampleOptions): Setup {
  if (tried === undefined) return setup
  const { custom_streams = [] } = setup.config
  return {
    ...setup,
    config: { ...setup.config, custom_streams: [...custom_streams, { ...tried, name: TRIED }] },
  }
}

async function takeSample(options: SampleOptions, setup: Setup, program: Program): Promise<Sampled> {
  const available = await openStreams(setup, program)
  const name = options.stream ?? TRIED
  const problem = available.custom.problems.get(name)
  if (problem !== undefined) throw configError(problem)
  const def = samplable(name, available)
  const { call, requests } = recordRequests(openCall(setup, program, BRISK, () => undefined))
  const engine = toEngine(setup, program, call)
  const wanted = Math.max(SAMPLE_SIZE, options.limit)
  const { records, error } = await sampleStream(def, { engine, find: available.find }, wanted).then(
    found => ({ records: found, error: undefined }),
    cause => ({ records: [], error: asConnectorError(cause) }),
  )
  const { inferSchema } = await import('../custom/schema/infer.ts')
  return {
    requests,
    records: records.slice(0, options.limit),
    schema: records.length === 0 ? undefined : inferSchema(records),
    suggestions: options.suggest ? await suggestionsIn(requests.at(-1)?.reply) : undefined,
    error,
  }
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
