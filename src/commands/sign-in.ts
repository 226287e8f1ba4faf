import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MINUTE_MS } from '../durations.ts'
import { asConnectorError, configError } from '../errors.ts'
import { systemClock } from '../http/clock.ts'
import { originOf } from '../http/environments.ts'
import { BRISK } from '../http/retry/patience.ts'
import { beginCodeFlow } from '../http/sign-in/code-flow.ts'
import { createOpenCall } from '../http/stack.ts'
import { defined } from '../optional.ts'
import { requestTimeoutMs } from './runtime/environment.ts'
import { readSecret } from './runtime/secret-input.ts'
import { createRunSecrets } from './runtime/secrets.ts'
import type { Terminal } from './runtime/terminal.ts'
import { USER_AGENT } from './runtime/version.ts'

/** The options of `sign-in`. */
export interface SignInOptions {
  readonly environment: string
  readonly baseUrl: string | undefined
  readonly clientId: string
  /** The secret, `-` for stdin or a prompt, or `env:NAME`; empty if there is none. */
  readonly clientSecret: string
  readonly port: number
}

const WAIT_MS = 5 * MINUTE_MS

/** Signs a user in through the browser, and prints a config with the refresh token. The browser returns to a loopback address.
 *  Resolves to the exit code. */
export async function signIn(
  options: SignInOptions,
  terminal: Omit<Terminal, 'width'>,
  signal = AbortSignal.timeout(WAIT_MS),
): Promise<number> {
  const secrets = createRunSecrets()
  try {
    const clientSecret = await readSecret(options.clientSecret, '--client-secret', terminal)
    secrets.add(clientSecret)
    const config = await signedIn({ ...options, clientSecret }, terminal, signal)
    terminal.print(`${JSON.stringify(config, undefined, 2)}\n`)
    return 0
  } catch (error) {
    terminal.tell(`${secrets.mask(asConnectorError(error).message)}\n`)
    return 1
  }
}

/** Signs a user in through the browser, to which `tell` shows the address to open; resolves to the refresh token. It has its own
 *  listener on loopback, which is closed in any case. */
export async function signInThroughBrowser(
  options: Pick<SignInOptions, 'clientId' | 'clientSecret' | 'port'>,
  origin: string,
  tell: (address: string, redirectUri: string) => void,
  signal = AbortSignal.timeout(WAIT_MS),
): Promise<string> {
  const server = createServer()
  try {
    return await throughBrowser(server, { options, origin, tell, signal })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** The config of a user who has signed in. */
async function signedIn(
  options: SignInOptions,
  terminal: Omit<Terminal, 'width'>,
  signal: AbortSignal,
): Promise<object> {
  const target =
    options.baseUrl === undefined ? { environment: options.environment } : { base_url: options.baseUrl }
  const tell = (address: string, redirectUri: string) =>
    terminal.tell(
      `Open this address in a browser and sign in:\n\n  ${address}\n\nWaiting for it at ${redirectUri} ...\n`,
    )
  const refresh_token = await signInThroughBrowser(options, originOf(target), tell, signal)
  const { clientId: client_id, clientSecret } = options
  const client_secret = clientSecret === '' ? undefined : clientSecret
  return {
    ...target,
    credentials: defined({ auth_type: 'refresh_token', refresh_token, client_id, client_secret }),
  }
}

interface Flow {
  readonly options: Pick<SignInOptions, 'clientId' | 'clientSecret' | 'port'>
  readonly origin: string
  readonly tell: (address: string, redirectUri: string) => void
  readonly signal: AbortSignal
}

async function throughBrowser(server: Server, { options, origin, tell, signal }: Flow): Promise<string> {
  const redirectUri = await listen(server, options.port)
  const { clientId, clientSecret } = options
  const flow = beginCodeFlow(origin, { clientId, clientSecret, redirectUri })
  tell(flow.url, redirectUri)
  const query = await callbackQuery(server, signal)
  const call = createOpenCall({
    origin,
    userAgent: USER_AGENT,
    concurrency: 1,
    patience: BRISK,
    ...requestTimeoutMs(process.env),
    clock: systemClock,
    signal,
    onWait: () => undefined,
  })
  return flow.finish(query, call)
}

async function listen(server: Server, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise.catch(error => {
    throw configError(
      `Port ${port} of this machine cannot be used (${error.code}). Choose another one with --port.`,
    )
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
}

/** The query that the browser returns with. */
function callbackQuery(server: Server, signal: AbortSignal): Promise<URLSearchParams> {
  const { promise, resolve, reject } = Promise.withResolvers<URLSearchParams>()
  signal.addEventListener('abort', () =>
    reject(configError('Nobody signed in within five minutes. Run the command again.')),
  )
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const isCallback = url.pathname === '/callback'
    response.writeHead(isCallback ? 200 : 404, {
      'Content-Type': 'text/plain; charset=utf-8',
      Connection: 'close',
    })
    response.end(
      isCallback ? 'Thank you. You can close this window and return to the terminal.\n' : 'Nothing here.\n',
    )
    if (isCallback) resolve(url.searchParams)
  })
  return promise
}
