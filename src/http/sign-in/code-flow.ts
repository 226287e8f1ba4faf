import { createHash, randomBytes } from 'node:crypto'
import { configError } from '../../errors.ts'
import type { Call } from '../types.ts'
import { requestGrant } from './grants.ts'

/** A client of the API that signs users in through their browser. */
export interface Client {
  readonly clientId: string
  readonly clientSecret: string
  /** Where the browser comes back to. */
  readonly redirectUri: string
}

/** One sign-in under way: what the browser is sent with, and what proves that its answer belongs to us. */
export interface CodeFlow {
  readonly url: string
  /** The refresh token for what the browser came back with. Throws a config_error when it is no answer to this flow. */
  finish(answer: URLSearchParams, call: Call): Promise<string>
}

/** Begins the authorization-code flow with PKCE. Source: RFC 6749 section 4.1, RFC 7636. */
export function beginCodeFlow(origin: string, client: Client): CodeFlow {
  const state = randomBytes(16).toString('base64url')
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: '*',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return {
    url: `${origin}/oauth/authorize?${query}`,
    async finish(answer, call) {
      const code = codeIn(answer, state)
      const grant = await requestGrant(call, { ...formOf(client), code, code_verifier: verifier })
      if (grant.refreshToken !== undefined) return grant.refreshToken
      throw configError(
        'The sign-in brought no refresh token. Ask Babelforce to allow this client offline access.',
      )
    },
  }
}

function codeIn(answer: URLSearchParams, state: string): string {
  if (answer.get('state') !== state) {
    throw configError(
      'The answer does not belong to this sign-in (its state differs). Begin again, and use the newest link.',
    )
  }
  const code = answer.get('code')
  if (code !== null) return code
  const why = answer.get('error_description') ?? answer.get('error') ?? 'no code came back'
  throw configError(`Babelforce did not sign the user in: ${why}.`)
}

function formOf({ clientId, clientSecret, redirectUri }: Client): Record<string, string> {
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    access_type: 'offline',
  }
  return clientSecret === '' ? form : { ...form, client_secret: clientSecret }
}
