import type { Printed } from '../../harness/program.ts'
import type { Stop } from '../cases/case.ts'
import type { Clock } from './clock.ts'

/** One run of the connector's read command. */
export interface Run {
  readonly config: object
  readonly catalog: object
  readonly states: readonly Printed[]
  readonly clock: Clock
  readonly clockErrorMs: number
  /** Passes whenever the connector looks at its clock. */
  readonly tickMs: number
  readonly stop: Stop | undefined
  /** Ends the run early, as if it were asked to stop. */
  readonly limit: AbortSignal
  /** The built program's main.mjs. */
  readonly main: string
}

/** How a run ended, and what of its output reached the platform. */
export interface RunEnd {
  /** Undefined where it was ended from outside. */
  readonly code: number | undefined
  readonly messages: readonly Printed[]
}

/** Counts the lines of a run: which of them arrive, and when it is to be ended. */
export function makeReader(stop: Stop | undefined, end: () => void) {
  const messages: Printed[] = []
  let isStopped = false
  let isCut = false
  return {
    messages,
    isStopped: () => isStopped,
    take(line: string) {
      if (isCut) return
      messages.push(JSON.parse(line))
      if (stop === undefined || messages.length !== stop.after) return
      isStopped = true
      isCut = stop.how !== 'term'
      end()
    },
  }
}
