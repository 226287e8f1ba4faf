import type { Request } from '../request.ts'
import { empty, json, type Response, refuse } from '../response.ts'
import { clients } from './accounts.ts'
import { type Denial, deny, type Grant, grants, isDenial } from './grants.ts'
import { orgHeader } from './guard.ts'
import type { Tokens } from './tokens.ts'

const formType = 'application/x-www-form-urlencoded'

/** The response of /oauth: token, authorize and revoke. `granted` is called for every token issued. */
export function oauthResponse(request: Request, tokens: Tokens, granted: () => void): Response {
  const handler = endpoints[`${request.method} ${request.path}`]
  return handler ? handler(request, tokens, granted) : refuse(404)
}

type Endpoint = (request: Request, tokens: Tokens, granted: () => void) => Response

const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST /oauth/token': (request, tokens, granted) => {
    const outcome = signIn(request, tokens)
    if (isDenial(outcome)) return json(outcome, statusOf(outcome, request))
    granted()
    return json(tokenBody(outcome, tokens))
  },
  'GET /oauth/authorize': authorize,
  'POST /oauth/revoke': (request, tokens) => {
    tokens.revoke(new URLSearchParams(request.body).get('token') ?? '')
    return json({})
  },
}

// A client that fails to prove itself is the one failure that the vendor answers with another status.
function statusOf({ error }: Denial, { body }: Request): number {
  const isClient = new URLSearchParams(body).get('grant_type') === 'client_credentials'
  return isClient && error === 'invalid_client' ? 401 : 400
}

function signIn(request: Request, tokens: Tokens): Grant | Denial {
  if (!request.headers['content-type']?.startsWith(formType))
    return deny('invalid_request', `the body must be ${formType}`)
  if (request.headers[orgHeader] !== undefined)
    return deny('invalid_request', `${orgHeader} is for calls of the API, not for a token`)
  const form = new URLSearchParams(request.body)
  const type = form.get('grant_type')
  if (type === null) return deny('invalid_request', 'grant_type is missing')
  const grant = Object.hasOwn(grants, type) ? grants[type] : undefined
  return grant ? grant(form, tokens) : deny('unsupported_grant_type', 'this grant type is not served')
}

function tokenBody({ bearer, renewable }: Grant, tokens: Tokens) {
  return {
    access_token: tokens.issueAccess(bearer),
    token_type: 'bearer',
    expires_in: tokens.lifeSeconds,
    ...(renewable ? { refresh_token: tokens.issueRefresh(bearer) } : {}),
    scope: bearer.isService ? 'account:manage' : '*',
    client_id: bearer.client === '' ? 'manager' : bearer.client,
  }
}

// The page on which a user would consent is left out: every request gets a code at once.
function authorize({ query }: Request, tokens: Tokens): Response {
  const redirectUri = query.get('redirect_uri') ?? ''
  const client = query.get('client_id') ?? ''
  const isComplete = query.get('response_type') === 'code' && Object.hasOwn(clients, client)
  if (!isComplete || !URL.canParse(redirectUri)) {
    return json(deny('invalid_request', 'response_type=code, client_id and redirect_uri are needed'), 400)
  }
  const method = query.get('code_challenge_method') ?? 'S256'
  const target = new URL(redirectUri)
  const challenge = query.get('code_challenge') ?? ''
  target.searchParams.set('code', tokens.issueCode({ client, redirectUri, challenge, method }))
  const state = query.get('state')
  if (state !== null) target.searchParams.set('state', state)
  return empty(302, { location: target.href })
}
