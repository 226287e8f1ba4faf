import { ConnectorError } from '../../errors.ts'
import type { Call, Request } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import { bodyOf, type Unread, type Witness } from './witness.ts'

/** What came back: a status, and the body where it is JSON. */
export interface Answer {
  readonly status: number
  readonly body: Json | undefined
  /** Why there is no body, where an answer of 2xx has none. */
  readonly unread?: Unread
}

/** Asks the API for something; undefined where no answer came, or the survey's requests are used up. */
export type Ask = (request: Request) => Promise<Answer | undefined>

/** A way to ask that takes every status for an answer. What keeps the survey from any answer at all is thrown, such as a sign-in
 *  that is refused. */
export function createAsk(call: Call, witness: Witness): Ask {
  return async request => {
    try {
      return await call({ ...request, retries: 1 }, reply => {
        const answer = { status: reply.status, ...bodyOf(reply) }
        reply.release?.()
        return answer
      })
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      if (endsAll(error) || !witness.seen.isAnswered) throw error
      const { lastError: seen } = witness.seen
      return seen !== undefined && seen.status === error.status ? seen : undefined
    }
  }
}

/** Whether nothing can be asked any longer. */
function endsAll({ scope, failure }: ConnectorError): boolean {
  return scope === 'run' && failure === 'config_error'
}
