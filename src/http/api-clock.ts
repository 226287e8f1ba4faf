import type { Clock, Send } from './types.ts'

/** The API's clock, as far as the Date of its answers tells it: ours until the first one came. */
export interface ApiClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Sends, and learns from each answer. Answers of other origins tell nothing. */
  watching(send: Send): Send
}

/** The API's clock beside ours, by its latest answer. */
export function createApiClock(clock: Clock): ApiClock {
  let aheadMs = 0
  return {
    now: () => clock.now() + aheadMs,
    watching: send => async request => {
      const reply = await send(request)
      const dateMs = Date.parse(reply.headers['date'] ?? '')
      const isOurs = request.origin === undefined && !Number.isNaN(dateMs)
      if (isOurs) aheadMs = dateMs - clock.now()
      return reply
    },
  }
}
