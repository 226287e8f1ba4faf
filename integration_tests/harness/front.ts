import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What the server behind a front said. */
export interface Behind {
  readonly url: string
  readonly status: number
  readonly json: unknown
}

/** What a front says: its own status, headers and body, as JSON or as text. */
export interface Said {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
}

/** A server before another one, which may say something else. */
export interface Front extends AsyncDisposable {
  readonly url: string
  /** How many requests came. */
  requests(): number
}

/** Starts a server before the one at this origin; `say` changes what that one says. */
export async function startFront(origin: string, say: (behind: Behind) => Said): Promise<Front> {
  let requests = 0
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    requests += 1
    const { status, headers, json } = await askBehind(origin, request)
    const said = say({ url: request.url ?? '', status, json })
    const date = headers.get('date') ?? ''
    response.writeHead(said.status ?? status, { date, 'content-type': 'application/json', ...said.headers })
    response.end(said.text ?? JSON.stringify('json' in said ? said.json : json))
  }
  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

async function askBehind(origin: string, request: IncomingMessage) {
  const headers = new Headers()
  for (const name of ['authorization', 'content-type'])
    if (request.headers[name] !== undefined) headers.set(name, String(request.headers[name]))
  const body = await text(request)
  const answer = await fetch(`${origin}${request.url}`, {
    method: request.method ?? 'GET',
    headers,
    ...(body === '' ? {} : { body }),
  })
  return { status: answer.status, headers: answer.headers, json: await answer.json() }
}
