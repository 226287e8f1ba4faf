import type { ConnectorError } from '../../errors.ts'
import type { Request } from '../types.ts'

/** How long to go on asking. */
export interface Patience {
  /** Tries after the first for everything but 429. */
  readonly retries: number
  /** All the waiting for one request together, 429 included; then the request fails. */
  readonly totalMs: number
  /** The longest single backoff; Retry-After may ask for more. */
  readonly capMs: number
  /** How long an outage of the whole API is outlived; not at all where 0. */
  readonly outageMs: number
  /** What part of each wait is really waited for; all of it where it does not say. Tests shorten their waits. */
  readonly pace?: number
}

/** What a sync uses: about 8 s of backoff for a broken answer, up to half an hour for a rate limit, five minutes for an
 *  outage. */
export const PATIENT: Patience = { retries: 5, totalMs: 30 * 60_000, capMs: 30_000, outageMs: 5 * 60_000 }

/** What an interactive check uses: a second look, and an answer within seconds. */
export const BRISK: Patience = { retries: 2, totalMs: 15_000, capMs: 5_000, outageMs: 0 }

/** Told before each wait and once a minute while it lasts, with what is left of it, so that a stream can show why it
 *  stands still. */
export type OnWait = (request: Request, wait: { readonly ms: number; readonly error: ConnectorError }) => void
