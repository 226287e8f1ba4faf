import { ConnectorError } from '../../../errors.ts'
import type { Call } from '../../../http/types.ts'
import { createServedRoute } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import type { Span } from '../../time/spans.ts'
import type { SliceContext } from '../job/slice-context.ts'

/** Tells whether a window is more than the API can answer at once: its first page failed in spite of all tries, while the
 *  shortest part of it comes. It is asked for once, without further tries; never again after it failed as well. */
export type OverloadCheck = (error: unknown, window: Span) => Promise<boolean>

/** The check for the windows of a timeline. */
export function createOverloadCheck(
  { def, engine, routes }: SliceContext,
  partition: Slice,
  shortestMs: number,
): OverloadCheck {
  const call: Call = (request, read) => engine.call({ ...request, retries: 0 }, read)
  const readFirst = createServedRoute(def, { ...engine, call }, routes)
  let isDown = false
  const comes = async (window: Span) => {
    try {
      const first = await readFirst({ ...partition, window })
      return typeof first !== 'string'
    } catch {
      isDown = true
      return false
    }
  }
  return async (error, { from, to }) => {
    const isLong = to - from > shortestMs
    if (!isLong || isDown || engine.signal.aborted || !mayBeOverload(error)) return false
    return comes({ from, to: from + shortestMs })
  }
}

/** How an API fails that has too much to do: with an error of the server, with none within the time there is, or with a word
 *  for it (413); not by a limit of the rate. */
function mayBeOverload(error: unknown): boolean {
  if (!(error instanceof ConnectorError) || error.scope === 'run') return false
  const { failure, status } = error
  return status === 413 || (failure === 'transient_error' && status !== 429)
}
