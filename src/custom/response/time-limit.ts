import { Script } from 'node:vm'
import { SECOND_MS } from '../../durations.ts'
import { configError } from '../../errors.ts'

/** Where the work stands while the script that starts it looks for it, and no longer. */
const WORK = Symbol.for('source-babelforce.time-limited-work')

/** Only code that runs in a script can be interrupted, wherever it is: in loops, sorting and regular expressions. */
const script = new Script(`globalThis[Symbol.for('${WORK.description}')]()`)

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

/** What `work` gives, or throws; when it takes longer than `ms`, it is ended and a config_error says that `what` takes too
 *  long. Synchronous work only. Work that is ended runs no further line, not even of its `finally`. */
export function withinTime<T>(ms: number, what: string, work: () => T): T {
  const { outcome, ended } = run(ms, work)
  if (outcome === undefined) throw isTimeout(ended) ? tooSlow(ms, what) : ended
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

function run<T>(ms: number, work: () => T): { outcome: Outcome<T> | undefined; ended?: unknown } {
  let outcome: Outcome<T> | undefined
  const start = () => {
    Reflect.deleteProperty(globalThis, WORK)
    outcome = attempt(work)
  }
  Object.defineProperty(globalThis, WORK, { value: start, configurable: true })
  try {
    script.runInThisContext({ timeout: ms })
  } catch (ended) {
    return { outcome, ended }
  } finally {
    Reflect.deleteProperty(globalThis, WORK)
  }
  return { outcome }
}

function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

function tooSlow(ms: number, what: string): Error {
  return configError(
    `${what} takes too long: it was stopped after ${ms / SECOND_MS} seconds. Write it more simply, or have it look at less.`,
  )
}
