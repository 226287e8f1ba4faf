import { type ConnectorError, configError } from '../../errors.ts'
import { isObject, type Json, type JsonObject, wholeNumber } from '../../json.ts'
import { parseJson, TooDeep } from '../../json-text.ts'
import { BadBody, type Call, type Reply } from '../types.ts'
import type { Credentials } from './credentials.ts'

/** What the token endpoint gave. */
export interface Grant {
  readonly accessToken: string
  /** How long it lives; undefined where the answer does not say. */
  readonly seconds: number | undefined
  /** The next refresh token, where the sign-in came with one. */
  readonly refreshToken: string | undefined
}

/** The form fields that ask for a token with these credentials. */
export type GrantForm = Readonly<Record<string, string>>

/** The first form for credentials that are exchanged for a token. Empty fields are left out. */
export function formOf(
  credentials: Exclude<Credentials, { auth_type: 'access_token' | 'bearer' }>,
): GrantForm {
  switch (credentials.auth_type) {
    case 'password': {
      const { username, password, client_id = 'manager' } = credentials
      return filled({ grant_type: 'password', username, password, client_id })
    }
    case 'client_credentials': {
      const { client_id, client_secret } = credentials
      return filled({ grant_type: 'client_credentials', client_id, client_secret })
    }
    case 'refresh_token': {
      const { refresh_token, client_id, client_secret = '' } = credentials
      return filled({ grant_type: 'refresh_token', refresh_token, client_id, client_secret })
    }
  }
}

/** Asks for a token. Throws a config_error when the sign-in is refused, with what to change. */
export function requestGrant(call: Call, form: GrantForm): Promise<Grant> {
  const request = {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    explain: (status: number, text: string) => refused(form['grant_type'] ?? '', status, text),
  } as const
  return call(request, reply => readGrant(reply, form['grant_type'] ?? ''))
}

/** What a token endpoint answers where no token is granted. Source: RFC 6749 section 5.2. */
const REFUSALS: readonly Json[] = [
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]

function refused(grantType: string, status: number, text: string): ConnectorError | undefined {
  const facts = { status, scope: 'run' } as const
  if (status === 404 || status === 405) {
    return configError(
      `This host has no Babelforce sign-in (${status} at /oauth/token). Check the environment: "services", or the first ` +
        'part of your own address; or the base_url.',
      facts,
    )
  }
  if (status !== 400 && status !== 401 && status !== 403) return undefined
  const said = `${status}${text === '' ? '' : `: ${text}`}`
  if (/lock|block|disabled|suspend/i.test(text)) {
    return configError(
      `Babelforce refused the sign-in (${said}): the account of this user is blocked. Ask a manager to unblock it under ` +
        'Global settings > User management.',
      facts,
    )
  }
  return configError(
    `Babelforce refused the sign-in (${said}). ${REMEDIES[grantType] ?? 'Check the credentials.'}`,
    facts,
  )
}

/** What to do when a sign-in is refused, by its kind. */
const REMEDIES: Readonly<Record<string, string>> = {
  password: 'Check the user name and password, and that the user may sign in to this environment.',
  client_credentials:
    'Check the client id and secret of the application; an owner or manager can reset the secret, or create another application.',
  refresh_token:
    'Sign in again: this refresh token is spent, revoked, or belongs to another client. It can be used once only, unless your ' +
    'account grants a grace; and one that no sync has used for 14 days after its access token ended is deleted.',
}

function readGrant(reply: Reply, grantType: string): Grant {
  const body = parseObject(reply)
  const { access_token, refresh_token, error = null } = body
  // Some servers refuse with a status of success.
  const refusal = REFUSALS.includes(error)
    ? refused(grantType, 400, String(body['error_description'] ?? error))
    : undefined
  if (refusal !== undefined) throw refusal
  if (typeof access_token !== 'string' || access_token === '') {
    throw new BadBody('the sign-in answer holds no access_token')
  }
  if (/[^ -~\u00a0-\u00ff]/.test(access_token)) {
    throw new BadBody('the sign-in answer holds an access_token that no header can carry')
  }
  return {
    accessToken: access_token,
    seconds: lifetimeIn(body),
    refreshToken: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : undefined,
  }
}

/** A lifetime of nothing, or less, is none: some servers write 0 or -1 for tokens without an end. */
function lifetimeIn(body: JsonObject): number | undefined {
  const seconds = wholeNumber(body['expires_in'])
  return seconds !== undefined && seconds > 0 ? seconds : undefined
}

function filled(fields: Readonly<Record<string, string>>): GrantForm {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

function parseObject(reply: Reply): JsonObject {
  let body: Json
  try {
    body = parseJson(reply.bytes.toString('utf8'))
  } catch (error) {
    throw new BadBody(error instanceof TooDeep ? error.message : 'it is not JSON')
  }
  if (!isObject(body)) throw new BadBody('it is not a JSON object')
  return body
}
