import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { listen } from './hostile.ts'

/** A proxy of this machine that keeps what it is asked. */
export interface Proxy extends AsyncDisposable {
  readonly url: string
  /** The first line of each request, such as CONNECT 127.0.0.1:443. */
  readonly asked: readonly string[]
  /** The Proxy-Authorization of each, decoded; empty where there is none. */
  readonly signedInAs: readonly string[]
}

/** What a proxy does with a CONNECT: opens the tunnel, refuses with this answer, or says nothing. */
export type Tunnels = 'open' | 'silent' | { readonly refuse: string }

/** Starts a proxy for plain http and for tunnels. */
export async function startProxy(tunnels: Tunnels = 'open'): Promise<Proxy> {
  const asked: string[] = []
  const signedInAs: string[] = []
  const sockets = new Set<{ destroy(): void }>()
  const keep = (line: string, authorization = '') => {
    asked.push(line)
    signedInAs.push(Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString())
  }
  const server = createServer(({ method = '', url = '', headers }, response) => {
    keep(`${method} ${url}`, headers['proxy-authorization'])
    const onward = request(url, { method, headers, agent: false }, answer => {
      answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))
    })
    onward.end()
  })
  server.on('connect', ({ url = '', headers }, socket) => {
    keep(`CONNECT ${url}`, headers['proxy-authorization'])
    sockets.add(socket.on('error', () => undefined))
    if (tunnels === 'silent') return
    if (tunnels !== 'open') {
      socket.end(tunnels.refuse)
      return
    }
    const { hostname, port } = new URL(`http://${url}`)
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward.on('error', () => socket.destroy()))
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    signedInAs,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
