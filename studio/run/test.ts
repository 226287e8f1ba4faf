import type { Sampled } from '../../src/commands/sample/report.ts'
import { takeSample } from '../../src/commands/sample.ts'
import type { AvailableStreams } from '../../src/commands/setup/available-streams.ts'
import { discoverSchema } from '../../src/commands/setup/schemas.ts'
import type { StreamDef } from '../../src/engine/stream/definition.ts'
import { sampleOf } from '../../src/engine/sync/sampled.ts'
import { configError } from '../../src/errors.ts'
import { isList, isObject, type JsonObject } from '../../src/json.ts'
import type { Tested, TestReply } from '../wire.ts'
import type { Bench } from './bench.ts'
import { agentSyncPaths, plainPath, postsOf, refusedPath } from './guard.ts'
import { presentRaw, presentRecord, presentText } from './present.ts'

const LIMIT = 20

/** What a test is asked with. */
export interface TestAsked {
  readonly stream: string
  /** The requests that the person agreed to, as they were shown. */
  readonly agreed: readonly string[]
  readonly signal: AbortSignal
}

/** Tests a stream of the config: its first records and all that was seen on the way; or what must be agreed to before. */
export async function testStream(bench: Bench, { stream, agreed, signal }: TestAsked): Promise<TestReply> {
  const { revision } = bench.held
  const setup = bench.setUp()
  const available = await bench.streams(setup)
  const def = available.find(stream)
  refuseAgentSync(bench, def)
  const posts = def === undefined ? [] : postsOf(def, available.find)
  const asks = posts.map(one => askOf(one, setup.origin, bench.program.mask))
  if (!asks.every(ask => agreed.includes(ask))) return { asks }
  const call = bench.open(setup, new Set(posts.map(({ name }) => name)), signal)
  bench.takeNotes()
  const isOwn = available.findCustom(stream) !== undefined
  const sampled = await takeSample({ stream, limit: LIMIT, suggest: isOwn }, setup, bench.program, call)
  bench.seen.set(stream, sampled.records)
  const schema = def === undefined ? undefined : await schemaOf(def, available, sampled, bench)
  return { tested: present(bench, sampled, schema, revision) }
}

/** A request as the person is asked about it. */
export function askOf(
  { routes: [route] }: StreamDef,
  origin: string,
  mask: (text: string) => string,
): string {
  const address = route.path.startsWith('http') ? route.path : origin + route.path
  return mask(`${route.method ?? 'GET'} ${address}`)
}

/** Refuses the stream that changes data, and custom streams that request the same path. */
export function refuseAgentSync({ held }: Bench, def: StreamDef | undefined): void {
  const refused = agentSyncPaths(held.value)
  for (const { once, path } of def?.routes ?? []) {
    if (once === true)
      throw configError('This stream changes data with each request, so it is not tested here.')
    if (refused.has(plainPath(path))) throw refusedPath()
  }
}

async function schemaOf(
  def: StreamDef,
  available: AvailableStreams,
  { records }: Sampled,
  { program }: Bench,
): Promise<JsonObject> {
  return discoverSchema(def, { available, sample: async () => sampleOf(records), log: program.log })
}

function present(bench: Bench, sampled: Sampled, schema: JsonObject | undefined, revision: number): Tested {
  const { mask } = bench.program
  const { requests, records, suggestions, error } = sampled
  return {
    revision,
    requests: requests.map(({ reply, url, body, ...facts }) => ({
      ...facts,
      url: mask(url),
      body: body === undefined ? undefined : presentText(body, mask),
      bytes: reply?.bytes.length,
    })),
    records: records.map(record => presentRecord(record, mask)),
    columns: columnsOf(schema).map(column => ({ ...column, name: mask(column.name) })),
    raw: presentRaw(requests.at(-1)?.reply?.bytes, mask),
    data: (suggestions?.data ?? []).map(({ path, count }) => ({ path: mask(path), count })),
    metadata: (suggestions?.metadata ?? []).map(path => ({ path: mask(path), count: undefined })),
    notes: [...bench.takeNotes(), ...sampled.remarks.map(mask)],
    error: error === undefined ? undefined : mask(error.message),
  }
}

function columnsOf(schema: JsonObject | undefined): Tested['columns'] {
  const properties = isObject(schema?.['properties']) ? schema['properties'] : {}
  return Object.entries(properties).map(([name, column]) => ({
    name,
    type: typeOf(isObject(column) ? column : {}),
    description: isObject(column) && typeof column['description'] === 'string' ? column['description'] : '',
  }))
}

function typeOf({ type, format }: JsonObject): string {
  const types = (isList(type) ? type : [type]).filter(one => one !== 'null')
  return `${types.join(' or ')}${format === undefined ? '' : ` (${format})`}`
}
