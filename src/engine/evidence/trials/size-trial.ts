import { ConnectorError } from '../../../errors.ts'

/** The page size that every list is known to take. */
export const SAFE_SIZE = 100

/** Asks for a first page of this size. A trial fails at once where a smaller page may be what helps. */
type AskFirst<T> = (size: number, isTrial: boolean) => Promise<T>

/** Finds out in a run which page size a route takes. The caps of the API are documented nowhere. */
export interface SizeTrial {
  /** Asks for the first page of a list, in pages of `wanted`, or of 100 where more are refused. Until the route has answered
   *  a larger one, one is asked for at a time. Resolves to the page and the size by which it was asked for. */
  first<T>(wanted: number, ask: AskFirst<T>): Promise<{ readonly answer: T; readonly size: number }>
  /** A page came, with so many records. */
  sawPage(rows: number): void
}

/** A trial of which nothing came yet. */
export function createSizeTrial(): SizeTrial {
  let standing: 'open' | 'taken' | 'refused' = 'open'
  let hasGivenMore = false
  let trial: Promise<unknown> | undefined
  const tryLarge = async <T>(wanted: number, ask: AskFirst<T>) => {
    try {
      const answer = await ask(wanted, true)
      standing = 'taken'
      return { answer, size: wanted }
    } catch (error) {
      const why = refusalIn(error)
      if (why === undefined) throw error
      if (why === 'size' || !hasGivenMore) standing = 'refused'
      return undefined
    }
  }
  const tryInTurn = async <T>(wanted: number, ask: AskFirst<T>) => {
    while (standing === 'open' && trial !== undefined) await trial.catch(() => undefined)
    if (standing === 'refused') return undefined
    // More than one is under way only once the size is known, when nobody waits for a trial.
    const attempt = tryLarge(wanted, ask)
    trial = attempt
    try {
      return await attempt
    } finally {
      trial = undefined
    }
  }
  return {
    async first(wanted, ask) {
      const large = wanted > SAFE_SIZE ? await tryInTurn(wanted, ask) : undefined
      if (large !== undefined) return large
      const size = Math.min(wanted, SAFE_SIZE)
      return { answer: await ask(size, false), size }
    },
    sawPage(rows) {
      hasGivenMore ||= rows > SAFE_SIZE
    },
  }
}

/** How an API refuses pages of a size: for the size, or because they are too much for it. */
function refusalIn(error: unknown): 'size' | 'load' | undefined {
  if (!(error instanceof ConnectorError)) return undefined
  const { status = 0, internal } = error
  if ([400, 413, 422].includes(status)) return 'size'
  return status >= 500 || internal === 'ETIMEDOUT' || internal === 'ETOOBIG' ? 'load' : undefined
}
