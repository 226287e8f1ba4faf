import { createHash } from 'node:crypto'
import { clients, users } from './accounts.ts'
import type { Bearer, CodeGrant, Tokens } from './tokens.ts'

/** A sign-in that failed, in OAuth's words. */
export interface Denial {
  readonly error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type'
  readonly error_description: string
}

/** A sign-in that succeeded; `renewable` ones come with a refresh token. */
export interface Grant {
  readonly bearer: Bearer
  readonly renewable: boolean
}

type Grants = Readonly<Record<string, (form: URLSearchParams, tokens: Tokens) => Grant | Denial>>

/** How each grant type signs in. Source: the vendor's documentation of the endpoint. */
export const grants: Grants = {
  password: form => {
    const user = users[form.get('username') ?? '']
    const client = clientOf(form)
    if (isDenial(client)) return client
    if (!user || user.password !== form.get('password'))
      return deny('invalid_grant', 'wrong user name or password')
    if (user.locked) return deny('invalid_grant', 'account is locked')
    return { bearer: { role: user.role, client: client.id, isService: false }, renewable: true }
  },
  client_credentials: form => {
    const client = clientOf(form)
    if (isDenial(client)) return client
    if (!client.proven) return deny('invalid_client', 'this client must show its secret')
    return { bearer: { role: 'manager', client: client.id, isService: true }, renewable: false }
  },
  refresh_token: (form, tokens) => {
    const token = form.get('refresh_token') ?? ''
    const client = clientOf(form)
    if (isDenial(client)) return client
    const bearer = tokens.peekRefresh(token)
    if (!bearer || bearer.client !== client.id)
      return deny('invalid_grant', 'refresh token unknown or already used')
    tokens.takeRefresh(token)
    return { bearer, renewable: true }
  },
  authorization_code: (form, tokens) => {
    const client = clientOf(form)
    if (isDenial(client)) return client
    const code = tokens.takeCode(form.get('code') ?? '')
    if (!code || !fits(code, client.id, form))
      return deny('invalid_grant', 'code unknown, used, or not for this request')
    return { bearer: { role: 'manager', client: client.id, isService: false }, renewable: true }
  },
}

/** Whether a sign-in failed. */
export function isDenial(outcome: object): outcome is Denial {
  return 'error' in outcome
}

/** A failed sign-in. */
export function deny(error: Denial['error'], error_description: string): Denial {
  return { error, error_description }
}

/** The PKCE challenge for a verifier. Source: RFC 7636 section 4.2. */
export function challengeOf(verifier: string, method: string): string {
  return method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
}

// A client id that is missing or empty counts as none; a secret must be right whenever one is sent.
function clientOf(form: URLSearchParams): { readonly id: string; readonly proven: boolean } | Denial {
  const id = form.get('client_id') ?? ''
  const secret = form.get('client_secret') ?? ''
  const client = clients[id]
  if (id !== '' && !client) return deny('invalid_client', 'unknown client')
  if (secret !== '' && client?.secret !== secret) return deny('invalid_client', 'wrong client secret')
  return { id, proven: secret !== '' }
}

function fits(code: CodeGrant, client: string, form: URLSearchParams): boolean {
  const proven =
    code.challenge === '' || challengeOf(form.get('code_verifier') ?? '', code.method) === code.challenge
  return code.client === client && code.redirectUri === (form.get('redirect_uri') ?? '') && proven
}
