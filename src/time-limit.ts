import { isNativeError } from 'node:util/types'
import { createContext, Script } from 'node:vm'
import { SECOND_MS } from './durations.ts'
import { configError } from './errors.ts'

/** Only code that runs in a script can be interrupted, wherever it is: in loops, sorting and regular expressions. */
const script = new Script('work()')
const context = createContext({ work: () => undefined })

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

/** What `work` returns or throws. If it takes longer than `ms`, it is stopped, and a config_error says that `what` takes too
 *  long. Synchronous work only. Work that is stopped runs no further line, not even in its `finally`. */
export function withinTime<T>(ms: number, what: string, work: () => T): T {
  const ends: Outcome<T>[] = []
  context['work'] = () => void ends.push(attempt(work))
  try {
    script.runInContext(context, { timeout: ms })
  } catch (error) {
    if (ends.length === 0) throw isTimeout(error) ? tooSlow(ms, what) : error
  }
  const [end] = ends
  if (end === undefined || 'error' in end) throw end?.error
  return end.value
}

function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

function isTimeout(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

function tooSlow(ms: number, what: string): Error {
  return configError(
    `${what} takes too long: it was stopped after ${ms / SECOND_MS} seconds. Simplify it, or let it look at less data.`,
  )
}
