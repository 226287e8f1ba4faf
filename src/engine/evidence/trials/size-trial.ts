import { createTurns } from '../../../concurrency.ts'
import { ConnectorError, mayRefuseAsTooMuch } from '../../../errors.ts'

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
  const found: Found = { takesMore: undefined, hasGivenMore: false }
  const inTurn = createTurns(() => found.takesMore === undefined)
  return {
    async first(wanted, ask) {
      const large = wanted > SAFE_SIZE ? await inTurn(() => tryLarge(found, wanted, ask)) : undefined
      if (large !== undefined) return large
      const size = Math.min(wanted, SAFE_SIZE)
      return { answer: await ask(size, false), size }
    },
    sawPage(rows) {
      found.hasGivenMore ||= rows > SAFE_SIZE
    },
  }
}

/** What is found out so far. */
interface Found {
  /** Whether the route takes pages of the size that is wanted; undefined until that is known. */
  takesMore: boolean | undefined
  /** A page came that was larger than those that every list takes. */
  hasGivenMore: boolean
}

/** Asks for a large page; undefined where that is refused. */
async function tryLarge<T>(found: Found, wanted: number, ask: AskFirst<T>) {
  if (found.takesMore === false) return undefined
  try {
    const answer = await ask(wanted, true)
    found.takesMore = true
    return { answer, size: wanted }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const isForSize = mayRefuseAsTooMuch(error.status)
    if (!isForSize && !mayBeTooMuch(error)) throw error
    if (isForSize || !found.hasGivenMore) found.takesMore = false
    return undefined
  }
}

/** Whether an API may have failed because a page is too much for it. */
function mayBeTooMuch({ status = Number.NaN, internal }: ConnectorError): boolean {
  return status >= 500 || internal === 'ETIMEDOUT' || internal === 'ETOOBIG'
}
