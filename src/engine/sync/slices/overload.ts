import { HOUR_MS } from '../../../durations.ts'
import { ConnectorError, mayRefuseAsTooMuch } from '../../../errors.ts'
import type { Call } from '../../../http/types.ts'
import { createServedRoute } from '../../fetch/served-route.ts'
import type { Slice } from '../../stream/context.ts'
import { lengthOf, type Span } from '../../time/spans.ts'
import type { Windows } from '../../time/windows.ts'
import type { SliceContext } from '../job/slice-context.ts'

/** Finds out whether windows are more than the API can answer at once: their first page fails in spite of all tries, while
 *  another one came since the last failure, or the shortest part of them comes. */
export interface Overload {
  /** The first page of a window came. */
  worked(window: Span): void
  /** The first page of a window failed. True where the window was taken back, to be asked for in shorter ones: in halves
   *  where others as long came, since something in it is to blame; else all later ones are shorter too. Not below an hour.
   *  The shortest part is asked for once, without further tries; never again after it failed as well. */
  relieves(window: Span, error: unknown): Promise<boolean>
}

/** The windows of a timeline. */
export interface Overloading {
  readonly context: SliceContext
  readonly partition: Slice
  readonly windows: Windows
  readonly shortestMs: number
}

/** A finding of which nothing is known yet. */
export function createOverload({ context, partition, windows, shortestMs }: Overloading): Overload {
  const { engine } = context
  const comes = createBriefLook(context, partition)
  let longestMs = 0
  let isAnswering = false
  return {
    worked(window) {
      isAnswering = true
      longestMs = Math.max(longestMs, lengthOf(window))
    },
    async relieves(window, error) {
      const isLong = lengthOf(window) >= 2 * Math.max(shortestMs, HOUR_MS)
      if (!isLong || engine.signal.aborted || !mayBeOverload(error)) return false
      const isUp = isAnswering || (await comes({ from: window.from, to: window.from + shortestMs }))
      isAnswering = false
      if (!isUp) return false
      if (longestMs * 2 < lengthOf(window)) return windows.overload(window)
      windows.halve(window)
      return true
    },
  }
}

/** Looks whether anything comes of a window, until once nothing did. */
function createBriefLook({ def, engine, routes }: SliceContext, partition: Slice) {
  const call: Call = (request, read) => engine.call({ ...request, retries: 0 }, read)
  const readFirst = createServedRoute(def, { ...engine, call }, routes)
  let isDown = false
  return async (window: Span) => {
    if (isDown) return false
    isDown = await readFirst({ ...partition, window }).then(
      first => typeof first === 'string',
      () => true,
    )
    return !isDown
  }
}

/** How an API fails that has too much to do or takes no window so long: with an error of the server, with none within the time
 *  there is, or with a refusal; not by a limit of the rate. */
function mayBeOverload(error: unknown): boolean {
  if (!(error instanceof ConnectorError) || error.scope === 'run') return false
  const { failure, status } = error
  return mayRefuseAsTooMuch(status) || (failure === 'transient_error' && status !== 429)
}
