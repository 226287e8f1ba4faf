import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Send } from './types.ts'

/** Sends at most `size` requests at a time, in the order in which they came, and none while the gate is closed: the
 *  reader of what we write sets the pace. A place is held on the wire only, not while an answer is worked on or a retry
 *  waits; and the next request leaves before this one's answer is looked at. */
export function slotted(send: Send, size: number, gate: () => Promise<void>): Send {
  const waiting: (() => void)[] = []
  let free = size
  const release = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return async request => {
    if (free > 0) free--
    else await new Promise<void>(go => waiting.push(go))
    try {
      await gate()
      return await send(request)
    } finally {
      release()
      await nextTurn()
    }
  }
}
