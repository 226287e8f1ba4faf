import type { IncomingMessage } from 'node:http'
import { isObject, type Json, type JsonObject } from '../../src/json.ts'
import type { Refusal } from './gate.ts'

/** The most that a request may hold: a config with long lookups fits. */
export const MOST_BYTES = 1_000_000

/** The JSON object that a request holds, or why it is refused. Reads no more than the limit. */
export async function bodyOf(request: IncomingMessage): Promise<{ value: JsonObject } | Refusal> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MOST_BYTES)
      return { status: 413, error: `A request may hold at most ${MOST_BYTES / 1000} kB.` }
    chunks.push(chunk)
  }
  const value = parsed(Buffer.concat(chunks).toString('utf8'))
  return isObject(value) ? { value } : { status: 400, error: 'A request must hold a JSON object.' }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
