import type { CustomStream } from '../../custom/config.ts'
import type { Suggestions } from '../../custom/suggest/suggest.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { sampleStream } from '../../engine/sync/sample.ts'
import { asConnectorError, configError } from '../../errors.ts'
import { BRISK } from '../../http/retry/retry.ts'
import type { Reply } from '../../http/types.ts'
import { parseJson } from '../../json-text.ts'
import { openOffer, SAMPLE } from '../custom-streams.ts'
import { refuseToLose, runForPerson, type Screen } from '../person.ts'
import type { Program } from '../program.ts'
import { openCall, readSetup, type Setup, toEngine } from '../setup.ts'
import { noting } from './recorded-requests.ts'
import type { Sampled } from './report.ts'

/** What `sample` is given. */
export interface SampleOptions {
  readonly config: string
  /** The stream to sample; or else `tried`, an endpoint that is not in the config yet. */
  readonly stream: string | undefined
  readonly tried: Omit<CustomStream, 'name'> | undefined
  readonly limit: number
  readonly format: 'table' | 'json'
  readonly suggest: boolean
  readonly saveConfig: string | undefined
}

/** What an endpoint is called that is not in the config yet. */
const TRIED = 'sampled_url'

/** Shows a stream's first records, the requests that gave them, and the schema that they would have. Resolves to the exit
 *  code: 1 when there was an error, which is told after all that was seen before it. */
export function sample(options: SampleOptions, screen: Screen): Promise<number> {
  return runForPerson(screen, options.saveConfig, async program => {
    const setup = withTried(await readSetup(options.config, program), options)
    refuseToLose(setup.config.credentials, options.saveConfig)
    const sampled = await take(options, setup, program)
    screen.print(program.mask(await reportOf(sampled, options.format, screen.width)))
    if (sampled.error !== undefined) screen.tell(`${program.mask(sampled.error.message)}\n`)
    return sampled.error === undefined ? 0 : 1
  })
}

/** The setup with the endpoint that is tried as one more custom stream. */
function withTried(setup: Setup, { tried }: SampleOptions): Setup {
  if (tried === undefined) return setup
  const { custom_streams = [] } = setup.config
  return {
    ...setup,
    config: { ...setup.config, custom_streams: [...custom_streams, { ...tried, name: TRIED }] },
  }
}

async function take(options: SampleOptions, setup: Setup, program: Program): Promise<Sampled> {
  const offer = await openOffer(setup, program)
  const name = options.stream ?? TRIED
  const problem = offer.customs.problems.get(name)
  if (problem !== undefined) throw configError(problem)
  const def = known(offer.find(name), name)
  const { call, requests } = noting(openCall(setup, program, BRISK, () => undefined))
  const engine = toEngine(setup, program, call)
  const wanted = Math.max(SAMPLE, options.limit)
  const { records, error } = await sampleStream(def, { engine, find: offer.find }, wanted).then(
    found => ({ records: found, error: undefined }),
    cause => ({ records: [], error: asConnectorError(cause) }),
  )
  const { inferSchema } = await import('../../custom/schema/infer.ts')
  return {
    requests,
    records: records.slice(0, options.limit),
    schema: records.length === 0 ? undefined : inferSchema(records),
    suggestions: options.suggest ? await suggestionsIn(requests.at(-1)?.reply) : undefined,
    error,
  }
}

function known(def: StreamDef | undefined, name: string): StreamDef {
  if (def === undefined || def.hidden === true)
    throw configError(`There is no stream ${name}. The command "discover" lists those that there are.`)
  if (def.routes[0].once === true)
    throw configError(`Stream ${name} changes data with each request, so it is not sampled.`)
  return def
}

/** Paths to the records in an answer: to the last one that came, whatever was made of it. */
async function suggestionsIn(reply: Reply | undefined): Promise<Suggestions | undefined> {
  if (reply === undefined) return undefined
  const isXml = /^\s*</.test(reply.bytes.toString('utf8', 0, 200).replace(/^\ufeff/, ''))
  const { suggestPaths, suggestXPaths } = await import('../../custom/suggest/suggest.ts')
  if (!isXml) return suggestPaths(parseJson(reply.bytes.toString('utf8')))
  const { parseXml } = await import('../../custom/response/xml.ts')
  return suggestXPaths(parseXml(reply.bytes))
}

async function reportOf(sampled: Sampled, format: 'table' | 'json', width: number): Promise<string> {
  const { reportAsJson, reportAsTable } = await import('./report.ts')
  return format === 'json' ? reportAsJson(sampled) : reportAsTable(sampled, width)
}
