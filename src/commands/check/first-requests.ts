import type { CustomStream } from '../../custom/compile.ts'
import type { Engine } from '../../engine/stream/context.ts'
import { sampleStream } from '../../engine/sync/sample.ts'
import { type JsonObject, valueAt } from '../../json.ts'
import type { AvailableStreams } from '../setup/available-streams.ts'

/** How many custom streams a check tries. */
const MOST_TRIED = 3

/** Tries a few of the custom streams that cost one GET request each. Returns remarks on their first records. */
export async function tryCustomStreams(
  { custom, find }: AvailableStreams,
  engine: Engine,
): Promise<readonly string[]> {
  const remarks: string[] = []
  for (const stream of custom.streams.filter(isCheap).slice(0, MOST_TRIED)) {
    const { records, mistake } = await sampleStream(stream.def, { engine, find }, 1)
    if (mistake !== undefined) throw mistake
    remarks.push(...remarksOn(stream, records))
  }
  return remarks
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
    .filter(([, field]) => valueAt(first, field) === undefined)
    .map(([where, field]) => `${name}: ${where} names ${field}, which its first record does not have.`)
}

/** A remark on the custom streams that a check does not try, if there are any. */
export function untriedRemarks({ custom }: AvailableStreams): readonly string[] {
  const tried = new Set(custom.streams.filter(isCheap).slice(0, MOST_TRIED))
  const names = custom.streams.filter(stream => !tried.has(stream)).map(({ def }) => def.name)
  return names.length === 0 ? [] : [`Not tried: ${names.join(', ')}. Try them with the command sample.`]
}
