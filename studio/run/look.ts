import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { type ManifestStream, readManifest } from '../../src/commands/sync/folder/manifest.ts'
import { configError } from '../../src/errors.ts'
import { isObject, type JsonObject } from '../../src/json.ts'
import { STREAMS } from '../../src/streams/index.ts'
import type { Looked } from '../wire.ts'
import type { Bench } from './bench.ts'

const MOST_DAYS = 60
const DAY_LENGTH = 'YYYY-MM-DD'.length

/** What the folder that was named at start holds, stream by stream. Of records with the same key the newest counts. */
export async function look(bench: Bench): Promise<readonly Looked[]> {
  const { folder } = bench.start
  if (folder === undefined) throw configError('No folder was named at start: use --into DIR.')
  const manifest = await readManifest(resolve(folder, 'manifest.json'))
  const looked: Looked[] = []
  for (const [stream, held] of Object.entries(manifest?.streams ?? {}))
    looked.push(await lookAt(folder, stream, held, timeFieldOf(stream, bench.held.value)))
  return looked
}

/** The field with the time of a stream's records: a built-in stream's own, or the one that the config names. */
function timeFieldOf(stream: string, { custom_streams }: JsonObject): string | undefined {
  const builtIn = STREAMS.find(({ name }) => name === stream)
  if (builtIn !== undefined) return builtIn.incremental?.field
  const own = Array.isArray(custom_streams) ? custom_streams.find(one => one?.name === stream) : undefined
  return typeof own?.cursor_field === 'string' ? own.cursor_field : undefined
}

async function lookAt(
  folder: string,
  stream: string,
  held: ManifestStream,
  timeField: string | undefined,
): Promise<Looked> {
  const keyed = new Map<string, string>()
  let keyless = 0
  const days = new Map<string, number>()
  for (const { path } of held.files) {
    for await (const record of recordsIn(resolve(folder, path))) {
      const time = timeField === undefined ? '' : String(record[timeField] ?? '')
      if (held.primary_key.length > 0)
        keyed.set(JSON.stringify(held.primary_key.map(key => record[key])), time)
      else {
        keyless++
        countDay(days, time)
      }
    }
  }
  for (const time of keyed.values()) countDay(days, time)
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    stream,
    records: keyed.size + keyless,
    newest: newestOf(keyed.values()) ?? sorted.at(-1)?.[0],
    timeField,
    problems: problemsOf(held),
    days: sorted.slice(-MOST_DAYS).map(([day, records]) => ({ day, records })),
  }
}

async function* recordsIn(path: string): AsyncGenerator<JsonObject> {
  const file = createReadStream(path)
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  for await (const line of createInterface({ input })) {
    const record: unknown = JSON.parse(line)
    if (isObject(record)) yield record
  }
}

function countDay(days: Map<string, number>, time: string): void {
  const day = time.slice(0, DAY_LENGTH)
  if (/^\d{4}-\d\d-\d\d$/.test(day)) days.set(day, (days.get(day) ?? 0) + 1)
}

function newestOf(times: Iterable<string>): string | undefined {
  let newest = ''
  for (const time of times) if (time > newest) newest = time
  return newest === '' ? undefined : newest
}

function problemsOf({ last_sync }: ManifestStream): readonly string[] {
  if (last_sync === undefined) return ['It was never read to its end.']
  return last_sync.complete
    ? []
    : [`Its last sync (${last_sync.ended_at}) did not come to its end. Sync again.`]
}
