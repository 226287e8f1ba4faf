import type { Request } from '../request.ts'
import { json, type Response, refuse } from '../response.ts'
import { ORG_KEYS } from '../world/ground/org-keys.ts'
import { type Role, staticPair } from './accounts.ts'
import type { Bearer, Tokens } from './tokens.ts'

const agentsOwn = '/api/v2/agent/'
const partnersOwn = '/api/v2/accounts'

/** The header by which a partner's service token acts in one of its sub-accounts. */
export const orgHeader = 'x-babelforce-org-id'

/** The refusal of a request whose credentials do not allow it, or undefined when they do. */
export function guard(request: Request, tokens: Tokens): Response | undefined {
  const bearer = bearerFor(request, tokens)
  if (!bearer) return refuse(401)
  const needed: Role = request.path.startsWith(agentsOwn) ? 'agent' : 'manager'
  return bearer.role === needed ? refusalOfPartner(request, bearer) : refuse(403)
}

/** The bearer token of a request, or '' when it has none. */
export function bearerToken(request: Request): string {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

function bearerFor(request: Request, tokens: Tokens): Bearer | undefined {
  if (request.headers.authorization !== undefined) return tokens.bearerOf(bearerToken(request))
  const id = request.headers['x-auth-access-id']
  const token = request.headers['x-auth-access-token']
  const isPair = id === staticPair.id && token === staticPair.token
  return isPair ? { role: 'manager', client: '', isService: true } : undefined
}

// Only the account's own token, not a person's, may ask for sub-accounts or act in one of them.
function refusalOfPartner({ headers, path }: Request, { isService }: Bearer): Response | undefined {
  const key = headers[orgHeader]
  if (key === undefined && path !== partnersOwn) return undefined
  if (!isService) return json({ error: 'insufficient_scope', message: 'a service token is needed' }, 403)
  if (key === undefined) return undefined
  if (!ORG_KEYS.includes(String(key))) return refuse(403, 'no such sub-account')
  return path === partnersOwn
    ? json({ error: 'not_a_partner_account', message: 'this account has no sub-accounts' }, 403)
    : undefined
}
