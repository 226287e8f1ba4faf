/** What a user or client may do: `manager` everything but the agents' own API, `agent` only that. */
export type Role = 'manager' | 'agent'

/** A user who may sign in with a password. */
export interface User {
  readonly password: string
  readonly role: Role
  readonly locked: boolean
}

const password = 'demo-password'

/** The users by login. */
export const users: Readonly<Record<string, User>> = {
  'demo@example.com': { password, role: 'manager', locked: false },
  'agent@example.com': { password, role: 'agent', locked: false },
  'blocked@example.com': { password, role: 'manager', locked: true },
}

/** The clients by id; a public one has no secret. */
export const clients: Readonly<Record<string, { readonly secret?: string }>> = {
  manager: {},
  'demo-client': { secret: 'demo-secret' },
}

/** The pair of headers that authenticates without a token. */
export const staticPair = { id: 'demo-id', token: 'demo-token' } as const

/** A refresh token that exists from the start, for `demo-client`. */
export const firstRefreshToken = 'demo-refresh-token'
