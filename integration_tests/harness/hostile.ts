import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Ended, type RunOptions, runProgram } from './program.ts'

/** A request as it arrived. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Does to a request what it likes; `index` counts from 0. */
export type Answer = (asked: Asked, response: ServerResponse, index: number) => void

/** A server that keeps what it is asked. */
export interface Hostile extends AsyncDisposable {
  readonly url: string
  readonly asked: readonly Asked[]
}

/** What a server proves itself with. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

/** A server on a free port of this machine; over TLS where it has an identity. */
export async function startHostile(answer: Answer, identity?: Identity): Promise<Hostile> {
  const asked: Asked[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body: await text(request) }
    answer(one, response, asked.push(one) - 1)
  }
  const server = identity === undefined ? createServer(take) : createTlsServer(identity, take)
  const port = await listen(server)
  return {
    url: `${identity === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

/** Listens on a free port of this machine, and gives it back. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return (server.address() as AddressInfo).port
}

/** Answers with JSON. */
export function json(response: ServerResponse, body: unknown, status = 200): void {
  const bytes = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json' }).end(bytes)
}

/** Answers with the same piece again and again, as fast as it is taken, until `bytes` have gone or nobody listens. */
export function pour(response: ServerResponse, piece: Buffer, bytes: number): void {
  let left = bytes
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length
      if (!response.write(piece)) return
    }
    response.end()
  }
  response.on('drain', more)
  more()
}

/** Writes to the connection itself, past HTTP: `head`, then `piece` again and again as fast as it is taken. */
export function pourRaw({ socket }: ServerResponse, head: string, piece: string): void {
  const more = () => {
    while (socket?.writable && socket.write(piece));
  }
  socket?.on('drain', more).write(head)
  more()
}

/** Writes to the connection itself, past HTTP: `head`, then a letter now and then, for ever. */
export function drip({ socket }: ServerResponse, head: string): void {
  socket?.write(head)
  const timer = setInterval(() => socket?.write('x'), 20)
  socket?.once('close', () => clearInterval(timer))
}

/** A list of the API's with these records. */
export const listOf = (items: readonly unknown[]) => ({
  items,
  pagination: { current: 1, pages: 1, max: 100, total: items.length },
})

/** A config that sends its token as it is. */
export function bearer(url: string, token = 'the-token'): object {
  return { base_url: url, credentials: { auth_type: 'bearer', bearer_token: token } }
}

/** Makes the program write its largest resident size to stderr when it ends. */
const PEAK = `process.on("exit",()=>{const f=process.getBuiltinModule("fs");
  f.writeSync(2,/VmHWM.*/.exec(f.readFileSync("/proc/"+process.pid+"/status","utf8"))[0])})`

/** The environment in which peakOf works. */
export const WATCHED = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(PEAK)}` }

/** The largest resident size of a program that ran in WATCHED, in MiB. */
export function peakOf({ stderr }: Ended): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(stderr)?.[1]) / 1024
}

/** Runs `check` with this config. */
export function check(config: object, env: RunOptions['env'] = {}): Promise<Ended> {
  return runProgram(['check', '--config', 'config.json'], {
    files: { 'config.json': config },
    env: { ...WATCHED, ...env },
  })
}

/** How a check ended, in words: its verdict or its error. */
export function verdictOf({ messages, stdout, stderr }: Ended): string {
  for (const { type, connectionStatus, trace } of messages) {
    if (type === 'CONNECTION_STATUS') return `${connectionStatus.status}: ${connectionStatus.message ?? ''}`
    if (type === 'TRACE') return `${trace.error.failure_type}: ${trace.error.message}`
  }
  return `nothing: ${stdout} ${stderr}`
}
