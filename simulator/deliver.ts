import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Response } from './response.ts'

/** Writes a response, or fails to in the way it asks for. `date` is the server's idea of the time, in unix ms. */
export async function deliver(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  date: number,
): Promise<void> {
  const { delivery = 'whole' } = response
  if (delivery === 'never') return
  if (delivery === 'reset-headers') return void incoming.socket.resetAndDestroy()
  const { parts, headers } = encoded(response, String(incoming.headers['accept-encoding'] ?? ''))
  const body = delivery === 'truncated' ? halves(parts)[0] : parts
  writeHead(outgoing, response, { ...headers, 'content-length': String(sizeOf(body)) }, date)
  if (delivery === 'reset-body') return breakOff(incoming, outgoing, body)
  if (response.bodyMs) return dawdle(outgoing, body, response.bodyMs)
  for (const part of body) outgoing.write(part)
  outgoing.end()
}

type Parts = readonly Uint8Array[]

function encoded(
  response: Response,
  accepted: string,
): { parts: Parts; headers: Readonly<Record<string, string>> } {
  const parts = response.bytes ?? [Buffer.from(JSON.stringify(response.json ?? {}))]
  if (!response.gzip || !accepted.includes('gzip')) return { parts, headers: {} }
  return { parts: [gzipSync(Buffer.concat(parts))], headers: { 'content-encoding': 'gzip' } }
}

function writeHead(
  outgoing: ServerResponse,
  response: Response,
  extra: Record<string, string>,
  date: number,
): void {
  const { 'content-length': length, ...rest } = extra
  const sized = response.status === 204 ? rest : { ...rest, 'content-length': length ?? '0' }
  outgoing.sendDate = false
  outgoing.cork()
  const dated = response.isUndated ? {} : { date: dateText(date) }
  outgoing.writeHead(response.status, { ...dated, ...response.headers, ...sized })
  process.nextTick(() => outgoing.uncork())
}

// The first half goes out whole before the connection is cut, so that the client has begun to read.
function breakOff(incoming: IncomingMessage, outgoing: ServerResponse, body: Parts): void {
  for (const part of halves(body)[0]) outgoing.write(part)
  setTimeout(() => incoming.socket.resetAndDestroy(), 20)
}

async function dawdle(outgoing: ServerResponse, body: Parts, ms: number): Promise<void> {
  const [first, second] = halves(body)
  for (const part of first) outgoing.write(part)
  await sleep(ms)
  for (const part of second) outgoing.write(part)
  outgoing.end()
}

function halves(parts: Parts): readonly [Parts, Parts] {
  const whole = Buffer.concat(parts)
  const middle = Math.floor(whole.length / 2)
  return [[whole.subarray(0, middle)], [whole.subarray(middle)]]
}

function sizeOf(parts: Parts): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

let lastSecond = Number.NaN
let lastText = ''

function dateText(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastText = new Date(ms).toUTCString()
  }
  return lastText
}
