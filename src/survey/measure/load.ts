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

/** What requests are timed by, and how often a rate limit was met so far. */
interface Timing {
  readonly now: () => number
  readonly limited: () => number
}

/** Times eight requests for a page of agents at each number in flight, and stops at the first refusal. */
export async function surveyLoad(
  agents: FirstAnswer | undefined,
  ask: Ask,
  timing: Timing,
): Promise<readonly Load[]> {
  if (agents === undefined) return []
  const { def, route } = agents
  const request = requestFor({ def, route, slice: {}, pageSize: 100, filters: {} }, route.paginate.first)
  const loads: Load[] = []
  for (const inFlight of [1, 4, REQUESTS]) {
    const load = await loadWith(inFlight, () => ask(request), timing)
    loads.push(load)
    if (load.refused > 0) break
  }
  return loads
}

async function loadWith(
  inFlight: number,
  ask: () => ReturnType<Ask>,
  { now, limited }: Timing,
): Promise<Load> {
  const times: number[] = []
  const limitedBefore = limited()
  let refused = 0
  const worker = async () => {
    while (times.length < REQUESTS && refused === 0) {
      const startedAt = now()
      const slot = times.push(0) - 1
      const answer = await ask()
      if (answer === undefined || answer.status >= 300 || limited() > limitedBefore) refused += 1
      times[slot] = now() - startedAt
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  return { in_flight: inFlight, median_ms: Math.round(median), refused }
}
