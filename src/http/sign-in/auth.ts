import { systemError } from '../../errors.ts'
import type { Call, Clock, Send } from '../types.ts'
import type { Credentials, OnSignIn } from './credentials.ts'
import { askElsewhere } from './elsewhere.ts'
import { formOf, type GrantForm, requestGrant } from './grants.ts'

type Headers = Readonly<Record<string, string>>

/** Who the connector is to the API: the headers that prove it, and a way to get new ones. */
export interface Identity {
  headers(): Promise<Headers>
  /** Gets new headers, unless `stale` are no longer the current ones. Absent where nothing can be renewed. */
  renew?(stale: Headers): Promise<void>
}

/** An identity that several ways to the API share: made by the first of them. */
export interface SharedIdentity {
  current: Identity | undefined
}

const RENEW_BEFORE_MS = 30_000
/** What the vendor's own SDKs assume when the answer has no `expires_in`. */
const ASSUMED_SECONDS = 3600

/** Makes a partner's token act in one of its sub-accounts: on calls of the API, never on a grant. */
const ORG_HEADER = 'X-Babelforce-Org-Id'

/** The identity for the configured credentials; `call` sends grants, without sign-in. */
export function createIdentity(
  credentials: Credentials,
  call: Call,
  clock: Clock,
  onSignIn: OnSignIn,
): Identity {
  const identity = identityOf(credentials, call, clock, onSignIn)
  const orgKey = credentials.auth_type === 'access_token' ? undefined : credentials.org_key
  return orgKey === undefined ? identity : inSubAccount(identity, orgKey)
}

/** The identity with the sub-account's key beside each of its headers. The same headers come as the same object, since
 *  renewal tells by it which are stale. */
function inSubAccount(identity: Identity, key: string): Identity {
  let last: { readonly plain: Headers; readonly keyed: Headers } | undefined
  const { renew } = identity
  return {
    async headers() {
      const plain = await identity.headers()
      if (last?.plain !== plain) last = { plain, keyed: { ...plain, [ORG_HEADER]: key } }
      return last.keyed
    },
    ...(renew === undefined ? {} : { renew: stale => renew(stale === last?.keyed ? last.plain : stale) }),
  }
}

function identityOf(credentials: Credentials, call: Call, clock: Clock, onSignIn: OnSignIn): Identity {
  switch (credentials.auth_type) {
    case 'access_token':
      return fixed({
        'X-Auth-Access-Id': credentials.access_id,
        'X-Auth-Access-Token': credentials.access_token,
      })
    case 'bearer':
      return fixed({ Authorization: `Bearer ${credentials.bearer_token}` })
    case 'password':
    case 'client_credentials':
    case 'refresh_token':
      return tokenIdentity(granting(formOf(credentials), call, onSignIn), clock)
  }
}

/** The identity, which signs in at once: who asks first gets what came of it, also where it failed. */
export function signedInEarly(identity: Identity): Identity {
  let early: Promise<Headers> | undefined = identity.headers()
  early.catch(() => undefined)
  return {
    ...identity,
    async headers() {
      const first = early
      if (first === undefined) return identity.headers()
      try {
        return await first
      } finally {
        early = undefined
      }
    },
  }
}

/** Some part of a token's makers may learn of it late. */
const MOST_RENEWALS = 3

/** Sends with the identity's headers; a 401 renews them and sends again, a few times. A 401 that stays is told with what
 *  another path says to the same headers. A request to another origin goes as it is. */
export function authorised(send: Send, identity: Identity): Send {
  return async request => {
    if (request.origin !== undefined) return send(request)
    for (let renewals = 0; ; renewals++) {
      const headers = await identity.headers()
      const reply = await send({ ...request, headers: { ...request.headers, ...headers } })
      if (reply.status !== 401) return reply
      if (identity.renew === undefined || renewals === MOST_RENEWALS)
        return askElsewhere({ ...request, headers }, reply, send)
      await identity.renew(headers)
    }
  }
}

function fixed(headers: Headers): Identity {
  return { headers: async () => headers }
}

interface Token {
  readonly headers: Headers
  readonly seconds: number
}

/** Gets one token after the other. A refresh token that comes with one replaces the one that was used, and is handed on
 *  to be kept before the token is used. */
function granting(first: GrantForm, call: Call, { onSecret, onRotated }: OnSignIn): () => Promise<Token> {
  let form = first
  return async () => {
    const { accessToken, seconds = ASSUMED_SECONDS, refreshToken } = await requestGrant(call, form)
    onSecret(accessToken)
    if (refreshToken !== undefined) onSecret(refreshToken)
    if (form['grant_type'] === 'refresh_token' && refreshToken !== undefined) {
      form = { ...form, refresh_token: refreshToken }
      await onRotated(refreshToken)
    }
    return { headers: { Authorization: `Bearer ${accessToken}` }, seconds }
  }
}

/** A bearer token in memory: one grant in flight however many ask, renewed half a minute before it expires; a token
 *  that lives for less than a minute, at half its life. */
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
