import { type Answer, refuse } from '../answer.ts'
import type { Ask } from '../request.ts'
import { type Role, staticPair } from './accounts.ts'
import type { Tokens } from './tokens.ts'

const agentsOwn = '/api/v2/agent/'

/** The refusal that a request earns by its credentials, or undefined when it may pass. */
export function guard(ask: Ask, tokens: Tokens): Answer | undefined {
  const role = roleOf(ask, tokens)
  if (!role) return refuse(401)
  const needed: Role = ask.path.startsWith(agentsOwn) ? 'agent' : 'manager'
  return role === needed ? undefined : refuse(403)
}

/** The bearer token of a request, or '' when it carries none. */
export function bearerToken(ask: Ask): string {
  return /^Bearer (\S+)$/i.exec(ask.headers.authorization ?? '')?.[1] ?? ''
}

function roleOf(ask: Ask, tokens: Tokens): Role | undefined {
  if (ask.headers.authorization !== undefined) return tokens.bearerOf(bearerToken(ask))?.role
  const id = ask.headers['x-auth-access-id']
  const token = ask.headers['x-auth-access-token']
  return id === staticPair.id && token === staticPair.token ? 'manager' : undefined
}
