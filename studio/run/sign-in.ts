import { signInThroughBrowser } from '../../src/commands/sign-in.ts'
import { configError } from '../../src/errors.ts'
import { originOf } from '../../src/http/environments.ts'
import { isObject, type JsonObject } from '../../src/json.ts'
import type { Bench } from './bench.ts'

/** A sign-in through the browser, one at a time. */
export interface SignIn {
  /** Begins one with this client; resolves to the address to open. */
  begin(clientId: string, clientSecret: string): Promise<string>
  /** Resolves when the one that was begun is over, with the refresh token in the config. */
  finish(): Promise<void>
}

const WAIT_MS = 300_000

/** The sign-in of this bench. */
export function createSignIn({ held, program }: Bench): SignIn {
  let under: { readonly ended: Promise<void>; readonly stop: () => void } | undefined
  return {
    async begin(clientId, clientSecret) {
      under?.stop()
      if (clientId === '') throw configError('Enter the client id that Babelforce issued to you.')
      if (clientSecret !== '') program.secrets.add(clientSecret)
      const stopping = new AbortController()
      const { promise, resolve } = Promise.withResolvers<string>()
      const origin = originOf(held.value as { base_url?: string })
      const signal = AbortSignal.any([stopping.signal, program.signal, AbortSignal.timeout(WAIT_MS)])
      const token = signInThroughBrowser({ clientId, clientSecret, port: 0 }, origin, resolve, signal)
      const ended = token.then(refresh_token => {
        program.secrets.add(refresh_token)
        if (originOf(held.value as { base_url?: string }) !== origin)
          throw configError('The environment was changed during the sign-in. Sign in again.')
        held.signIn(credentialsOf(held.value, refresh_token, clientId, clientSecret))
      })
      ended.catch(() => undefined)
      under = { ended, stop: () => stopping.abort() }
      return Promise.race([promise, ended.then(() => '')])
    },
    async finish() {
      if (under === undefined) throw configError('No sign-in was begun.')
      await under.ended
    },
  }
}

function credentialsOf(
  config: JsonObject,
  refresh_token: string,
  client_id: string,
  secret: string,
): JsonObject {
  const before = isObject(config['credentials']) ? config['credentials'] : {}
  const orgKey = before['org_key'] === undefined ? {} : { org_key: before['org_key'] }
  const clientSecret = secret === '' ? {} : { client_secret: secret }
  return { ...orgKey, auth_type: 'refresh_token', refresh_token, client_id, ...clientSecret }
}
