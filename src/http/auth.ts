import { configError, systemError } from '../errors.ts'
import { isObject, type Json, type JsonObject, wholeNumber } from '../json.ts'
import { BadBody, type Call, type Clock, type Reply, type Send } from './types.ts'

type Headers = Readonly<Record<string, string>>

/** Who the connector is to the API: the headers that prove it, and a way to get new ones. */
export interface Identity {
  headers(): Promise<Headers>
  /** Gets new headers, unless `stale` are no longer the current ones. Absent where nothing can be renewed. */
  renew?(stale: Headers): Promise<void>
}

/** The ways to sign in that this connector knows, as the config names them. */
export type Credentials =
  | { readonly auth_type: 'access_token'; readonly access_id: string; readonly access_token: string }
  | {
      readonly auth_type: 'password'
      readonly username: string
      readonly password: string
      readonly client_id?: string
    }

const RENEW_BEFORE_MS = 30_000
/** What the vendor's own SDKs assume when the answer has no `expires_in`. */
const ASSUMED_SECONDS = 3600

/** The identity for the configured credentials; `call` sends grants, without sign-in. */
export function createIdentity(credentials: Credentials, call: Call, clock: Clock): Identity {
  if (credentials.auth_type === 'access_token')
    return staticPair(credentials.access_id, credentials.access_token)
  const { username, password, client_id = 'manager' } = credentials
  const form = { grant_type: 'password', username, password, ...(client_id === '' ? {} : { client_id }) }
  return tokenIdentity(() => grant(call, form), clock)
}

/** Sends with the identity's headers; a 401 renews them once and sends again. */
export function authorised(send: Send, identity: Identity): Send {
  return async request => {
    const headers = await identity.headers()
    const reply = await send({ ...request, headers: { ...request.headers, ...headers } })
    if (reply.status !== 401 || identity.renew === undefined) return reply
    await identity.renew(headers)
    return send({ ...request, headers: { ...request.headers, ...(await identity.headers()) } })
  }
}

function staticPair(accessId: string, accessToken: string): Identity {
  const headers = { 'X-Auth-Access-Id': accessId, 'X-Auth-Access-Token': accessToken }
  return { headers: async () => headers }
}

interface Token {
  readonly headers: Headers
  readonly seconds: number
}

/** A bearer token in memory: one grant in flight however many ask, renewed half a minute before it expires. */
function tokenIdentity(grantToken: () => Promise<Token>, clock: Clock): Identity {
  let current: { headers: Headers; renewAt: number } | undefined
  let inFlight: Promise<void> | undefined
  const obtain = (): Promise<void> => {
    inFlight ??= grantToken()
      .then(({ headers, seconds }) => {
        current = {
          headers,
          renewAt: clock.now() + Math.max(seconds * 1000 - RENEW_BEFORE_MS, seconds * 500),
        }
      })
      .finally(() => {
        inFlight = undefined
      })
    return inFlight
  }
  return {
    async headers() {
      if (current === undefined || clock.now() >= current.renewAt) await obtain()
      if (current === undefined) throw systemError('A sign-in ended without a token.')
      return current.headers
    },
    async renew(stale) {
      if (current === undefined || current.headers === stale) await obtain()
    },
  }
}

async function grant(call: Call, form: Record<string, string>): Promise<Token> {
  const request = {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    explain: refusedGrant,
  } as const
  return call(request, readToken)
}

function refusedGrant(status: number, text: string) {
  if (status !== 400 && status !== 401) return undefined
  const said = text === '' ? '' : `: ${text}`
  return configError(
    `Babelforce refused the sign-in (${status}${said}). Check the user name and password, and that the user may sign ` +
      'in to this environment.',
    { status, scope: 'run' },
  )
}

function readToken(reply: Reply): Token {
  const body = parseObject(reply)
  const token = body['access_token']
  if (typeof token !== 'string' || token === '') throw new BadBody('the sign-in answer holds no access_token')
  return {
    headers: { Authorization: `Bearer ${token}` },
    seconds: wholeNumber(body['expires_in']) ?? ASSUMED_SECONDS,
  }
}

function parseObject(reply: Reply): JsonObject {
  let body: Json
  try {
    body = JSON.parse(reply.bytes.toString('utf8'))
  } catch {
    throw new BadBody('it is not JSON')
  }
  if (!isObject(body)) throw new BadBody('it is not a JSON object')
  return body
}
