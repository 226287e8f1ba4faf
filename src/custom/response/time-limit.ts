import { Script } from 'node:vm'
import { SECOND_MS } from '../../durations.ts'
import { configError } from '../../errors.ts'

/** Where the script finds the work that it starts; nothing is there at any other time. */
const WORK = Symbol.for('source-babelforce.time-limited-work')

/** Only code that runs in a script can be interrupted, wherever it is: in loops, sorting and regular expressions. */
const script = new Script(`globalThis[Symbol.for('${WORK.description}')]()`)

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

/** What `work` returns or throws. If it takes longer than `ms`, it is stopped, and a config_error says that `what` takes too
 *  long. Synchronous work only. Work that is stopped runs no further line, not even in its `finally`. */
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
    `${what} takes too long: it was stopped after ${ms / SECOND_MS} seconds. Simplify it, or let it look at less data.`,
  )
}
