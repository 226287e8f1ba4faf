import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './types.ts'

/** The machine's clock. A sleep that the signal ends resolves early: what follows sees the signal itself. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    if (ms <= 0) return
    await wait(ms, undefined, { ...(signal === undefined ? {} : { signal }) }).catch(() => undefined)
  },
}
