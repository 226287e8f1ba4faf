import type { Request } from '../request.ts'
import { type Response, refuse } from '../response.ts'
import { type Role, staticPair } from './accounts.ts'
import type { Tokens } from './tokens.ts'

const agentsOwn = '/api/v2/agent/'

/** The refusal of a request whose credentials do not allow it, or undefined when they do. */
export function guard(request: Request, tokens: Tokens): Response | undefined {
  const role = roleOf(request, tokens)
  if (!role) return refuse(401)
  const needed: Role = request.path.startsWith(agentsOwn) ? 'agent' : 'manager'
  return role === needed ? undefined : refuse(403)
}

/** The bearer token of a request, or '' when it has none. */
export function bearerToken(request: Request): string {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

function roleOf(request: Request, tokens: Tokens): Role | undefined {
  if (request.headers.authorization !== undefined) return tokens.bearerOf(bearerToken(request))?.role
  const id = request.headers['x-auth-access-id']
  const token = request.headers['x-auth-access-token']
  return id === staticPair.id && token === staticPair.token ? 'manager' : undefined
}
