import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may use the studio: one page at a time. */
export interface Sessions {
  /** A new token for the address of the page, good for one trade; earlier ones are worth nothing from then on. */
  newToken(): string
  /** The session for a token that was not used yet, else undefined. It ends any earlier session. */
  trade(token: string): string | undefined
  /** Whether the session is the one that is open now. */
  isOpen(session: string): boolean
}

/** 192 bits. */
const TOKEN_BYTES = 24

/** Sessions in memory: nothing of them outlives the process. */
export function createSessions(): Sessions {
  let token: string | undefined
  let session: string | undefined
  return {
    newToken() {
      token = randomText()
      return token
    },
    trade(given) {
      if (!isSame(given, token)) return undefined
      token = undefined
      session = randomText()
      return session
    },
    isOpen: given => isSame(given, session),
  }
}

function randomText(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

function isSame(given: string, known: string | undefined): boolean {
  if (known === undefined) return false
  const [a, b] = [Buffer.from(given), Buffer.from(known)]
  return a.length === b.length && timingSafeEqual(a, b)
}
