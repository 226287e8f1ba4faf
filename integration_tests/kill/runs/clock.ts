import { setImmediate as turn } from 'node:timers/promises'

/** The time of a case, for its world and for the connector. */
export interface Clock {
  readonly now: () => number
  /** Lets time pass at once. */
  readonly pass: (ms: number) => void
  /** Resolves soon, when so much time has passed. Those who sleep at the same moment sleep side by side. */
  readonly sleep: (ms: number) => Promise<void>
}

/** A clock that stands still but for what passes, in whole milliseconds. */
export function makeClock(startMs: number): Clock {
  let time = startMs
  return {
    now: () => time,
    pass: ms => {
      time += Math.round(ms)
    },
    async sleep(ms) {
      const until = time + Math.round(ms)
      await turn()
      time = Math.max(time, until)
    },
  }
}

/** A clock that runs with the machine's, from another moment on: for a program of its own, which knows no other. */
export function makeRunningClock(startMs: number): Clock {
  let aheadMs = startMs - Date.now()
  return {
    now: () => Date.now() + aheadMs,
    pass: ms => {
      aheadMs += Math.round(ms)
    },
    sleep: () => turn(),
  }
}
