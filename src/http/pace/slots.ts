import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSlots } from '../../concurrency.ts'
import type { Send } from '../types.ts'

/** Sends at most `size` requests at a time, in the order in which they came, and none while the gate is closed: the
 *  reader of what we write sets the pace. A place is held on the wire only, not while an answer is worked on or a retry
 *  waits; and the next request leaves before this one's answer is looked at. */
export function slotted(send: Send, size: number, gate: () => Promise<void>): Send {
  const inSlot = createSlots(size)
  return async request => {
    try {
      return await inSlot(async () => {
        await gate()
        return send(request)
      })
    } finally {
      await nextTurn()
    }
  }
}
