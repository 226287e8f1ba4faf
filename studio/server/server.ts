import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asConnectorError, type ConnectorError } from '../../src/errors.ts'
import type { JsonObject } from '../../src/json.ts'
import { bodyOf } from './body.ts'
import { API, type Knock, type Refusal, refusalOf } from './gate.ts'
import type { PageFile } from './page-files.ts'
import type { Sessions } from './sessions.ts'

/** One call of the API. The signal is aborted when the page does not wait any longer. */
export type Handler = (body: JsonObject, signal: AbortSignal) => object | Promise<object>

/** What a server serves. */
export interface Served {
  readonly sessions: Sessions
  readonly pages: ReadonlyMap<string, PageFile>
  /** The calls of the API, by the path after /api/. */
  readonly calls: Readonly<Record<string, Handler>>
  /** Removes secrets from what goes to the page. */
  readonly mask: (text: string) => string
}

/** A server that runs. */
export interface StudioServer extends AsyncDisposable {
  readonly origin: string
}

/** Sent with everything. A page that breaks the policy does not work: there is no report, since it would need an address. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Serves the studio on a port of 127.0.0.1 and nowhere else; ready when the promise resolves. */
export async function startServer(served: Served, port = 0): Promise<StudioServer> {
  let origin = ''
  const server = createServer((request, response) => {
    respond(request, response, served, origin).catch(() => response.destroy())
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    async [Symbol.asyncDispose]() {
      const closed = new Promise(done => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  served: Served,
  origin: string,
): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const knock = { method: request.method, path, headers: singleHeaders(request) }
  const refusal = refusalOf(knock, origin, served.sessions.isOpen)
  if (refusal !== undefined) return refuse(response, refusal)
  if (path.startsWith(API)) return answerCall(path.slice(API.length), request, response, served)
  const page = served.pages.get(path)
  if (page === undefined) return refuse(response, { status: 404, error: 'There is nothing here.' })
  response.writeHead(200, { ...HEADERS, 'Content-Type': page.type })
  response.end(page.content)
}

/** The headers, those that came twice as what no rule takes: Node.js itself goes by the first of them. */
function singleHeaders({ headersDistinct }: IncomingMessage): Knock['headers'] {
  const entries = Object.entries(headersDistinct)
  return Object.fromEntries(entries.map(([name, values = []]) => [name, values.join(', ')]))
}

async function answerCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  { calls, mask, sessions }: Served,
): Promise<void> {
  const body = await bodyOf(request)
  if ('error' in body) return refuse(response, body)
  if (name === 'session') return openSession(String(body.value['token'] ?? ''), response, sessions)
  const handler = Object.hasOwn(calls, name) ? calls[name] : undefined
  if (handler === undefined) return refuse(response, { status: 404, error: 'There is no such call.' })
  const leaving = new AbortController()
  response.on('close', () => leaving.abort())
  try {
    sendJson(response, 200, await handler(body.value, leaving.signal))
  } catch (cause) {
    const error = asConnectorError(cause)
    refuse(response, { status: statusOf(error), error: mask(error.message) })
  }
}

function openSession(token: string, response: ServerResponse, sessions: Sessions): void {
  const session = sessions.trade(token)
  if (session === undefined) refuse(response, USED)
  else sendJson(response, 200, { session })
}

const USED: Refusal = {
  status: 401,
  error: 'This address was used already, or is an old one. Press Enter in the terminal for a new address.',
}

function statusOf({ failure }: ConnectorError): number {
  return { config_error: 422, transient_error: 502, system_error: 500 }[failure]
}

function refuse(response: ServerResponse, { status, error }: Refusal): void {
  // What is still on its way of a refused request is not read.
  response.setHeader('Connection', 'close')
  sendJson(response, status, { error })
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json' })
  response.end(JSON.stringify(value))
}
