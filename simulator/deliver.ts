import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Answer } from './answer.ts'

/** Writes an answer, or fails to in the way that it says. `date` is the server's idea of the time, in unix ms. */
export async function deliver(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  date: number,
): Promise<void> {
  const { delivery = 'whole' } = answer
  if (delivery === 'never') return
  if (delivery === 'reset-headers') return void request.socket.resetAndDestroy()
  const { parts, headers } = encoded(answer, String(request.headers['accept-encoding'] ?? ''))
  const body = delivery === 'truncated' ? halves(parts)[0] : parts
  writeHead(response, answer, { ...headers, 'content-length': String(sizeOf(body)) }, date)
  if (delivery === 'reset-body') return breakOff(request, response, body)
  if (answer.bodyMs) return dawdle(response, body, answer.bodyMs)
  for (const part of body) response.write(part)
  response.end()
}

type Parts = readonly Uint8Array[]

function encoded(
  answer: Answer,
  accepted: string,
): { parts: Parts; headers: Readonly<Record<string, string>> } {
  const parts = answer.bytes ?? [Buffer.from(JSON.stringify(answer.json ?? {}))]
  if (!answer.gzip || !accepted.includes('gzip')) return { parts, headers: {} }
  return { parts: [gzipSync(Buffer.concat(parts))], headers: { 'content-encoding': 'gzip' } }
}

function writeHead(
  response: ServerResponse,
  answer: Answer,
  extra: Record<string, string>,
  date: number,
): void {
  const { 'content-length': length, ...rest } = extra
  const sized = answer.status === 204 ? rest : { ...rest, 'content-length': length ?? '0' }
  response.sendDate = false
  response.cork()
  response.writeHead(answer.status, { date: dateText(date), ...answer.headers, ...sized })
  process.nextTick(() => response.uncork())
}

// The first half goes out whole before the connection is cut, so that the client has begun to read.
function breakOff(request: IncomingMessage, response: ServerResponse, body: Parts): void {
  for (const part of halves(body)[0]) response.write(part)
  setTimeout(() => request.socket.resetAndDestroy(), 20)
}

async function dawdle(response: ServerResponse, body: Parts, ms: number): Promise<void> {
  const [first, second] = halves(body)
  for (const part of first) response.write(part)
  await sleep(ms)
  for (const part of second) response.write(part)
  response.end()
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
