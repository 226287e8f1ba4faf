import { requestFor } from '../../engine/fetch/request.ts'
import type { Ask } from '../ask/ask.ts'
import type { FirstAnswer } from './streams.ts'

/** How long requests took with so many in flight, in milliseconds. */
export interface Load {
  readonly in_flight: number
  readonly median_ms: number
  readonly refused: number
}

const REQUESTS = 8

/** Times eight requests for a page of agents at each number in flight, and stops at the first refusal. */
export async function surveyLoad(
  agents: FirstAnswer | undefined,
  ask: Ask,
  { now, limited }: { readonly now: () => number; readonly limited: () => number },
): Promise<readonly Load[]> {
  if (agents === undefined) return []
  const { def, route } = agents
  const request = requestFor({ def, route, slice: {}, pageSize: 100, filters: {} }, route.paginate.first)
  const loads: Load[] = []
  for (const inFlight of [1, 4, REQUESTS]) {
    const times: number[] = []
    const limitedBefore = limited()
    let refused = 0
    const worker = async () => {
      while (times.length < REQUESTS && refused === 0) {
        const startedAt = now()
        const slot = times.push(0) - 1
        const answer = await ask(request)
        if (answer === undefined || answer.status >= 300 || limited() > limitedBefore) refused += 1
        times[slot] = now() - startedAt
      }
    }
    await Promise.all(Array.from({ length: inFlight }, worker))
    const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
    loads.push({ in_flight: inFlight, median_ms: Math.round(median), refused })
    if (refused > 0) break
  }
  return loads
}
