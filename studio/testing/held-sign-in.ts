import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** An API whose sign-in is slow: its answers wait until they are let go. */
export interface HeldSignIn extends AsyncDisposable {
  readonly url: string
  /** Resolves when somebody signs in. */
  readonly begun: Promise<void>
  /** Lets the sign-in answer; its next refresh token is this one. */
  answer(refresh_token: string): void
  /** Everything that was sent: paths, headers and bodies. */
  sent(): string
}

/** Starts such an API, whose lists are empty. */
export async function startHeldSignIn(): Promise<HeldSignIn> {
  const begun = Promise.withResolvers<void>()
  const token = Promise.withResolvers<string>()
  const sent: string[] = []
  const server = createServer(async (request, response) => {
    sent.push(`${request.url} ${JSON.stringify(request.headers)} ${await text(request)}`)
    response.setHeader('content-type', 'application/json')
    if (request.url !== '/oauth/token') return response.end('{"items": []}')
    begun.resolve()
    const refresh_token = await token.promise
    return response.end(JSON.stringify({ access_token: 'access', expires_in: 3600, refresh_token }))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begun: begun.promise,
    answer: token.resolve,
    sent: () => sent.join('\n'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
