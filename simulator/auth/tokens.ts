import { idOf } from '../world/ground/ids.ts'
import type { Clock } from '../world/view.ts'
import { firstRefreshToken, type Role } from './accounts.ts'

/** Whose token it is. `client` is '' when the sign-in named none. */
export interface Bearer {
  readonly role: Role
  readonly client: string
  /** Whether it is an account's own token, rather than a person's. */
  readonly isService: boolean
}

/** What a code of /oauth/authorize was issued for. */
export interface CodeGrant {
  readonly client: string
  readonly redirectUri: string
  readonly challenge: string
  readonly method: string
}

/** The tokens that are valid. */
export interface Tokens {
  readonly lifeSeconds: number
  readonly issueAccess: (bearer: Bearer) => string
  readonly issueRefresh: (bearer: Bearer) => string
  readonly issueCode: (grant: CodeGrant) => string
  /** Whose access token it is, unless it is unknown, expired or revoked. */
  readonly bearerOf: (token: string) => Bearer | undefined
  /** Looks at a refresh token or a code without using it up. */
  readonly peekRefresh: (token: string) => Bearer | undefined
  /** Uses up a refresh token. */
  readonly takeRefresh: (token: string) => void
  /** Uses up a code. */
  readonly takeCode: (code: string) => CodeGrant | undefined
  /** Ends an access or refresh token; an unknown one is ignored. */
  readonly revoke: (token: string) => void
}

/** Tokens that expire by a clock. Their text is a function of the seed and of the order in which they are issued. */
export function makeTokens(seed: number, lifeSeconds: number, clock: Clock): Tokens {
  const access = new Map<string, { readonly bearer: Bearer; readonly until: number }>()
  const refresh = new Map<string, Bearer>([
    [firstRefreshToken, { role: 'manager', client: 'demo-client', isService: false }],
  ])
  const codes = new Map<string, CodeGrant>()
  let issued = 0
  const text = (kind: string) => `${kind}-${idOf(seed, kind, issued++)}`
  return {
    lifeSeconds,
    issueAccess: bearer => stored(access, text('access'), { bearer, until: clock() + lifeSeconds * 1000 }),
    issueRefresh: bearer => stored(refresh, text('refresh'), bearer),
    issueCode: grant => stored(codes, text('code'), grant),
    bearerOf: token => {
      const known = access.get(token)
      return known && known.until > clock() ? known.bearer : undefined
    },
    peekRefresh: token => refresh.get(token),
    takeRefresh: token => void refresh.delete(token),
    takeCode: code => {
      const grant = codes.get(code)
      codes.delete(code)
      return grant
    },
    revoke: token => {
      access.delete(token)
      refresh.delete(token)
    },
  }
}

function stored<T>(store: Map<string, T>, text: string, value: T): string {
  store.set(text, value)
  return text
}
