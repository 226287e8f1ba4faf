import { timeOf } from '../../../simulator/faults/records.ts'
import { windowIn } from '../../../simulator/faults/time/windows.ts'
import type { Request } from '../../../simulator/request.ts'
import { objectIn, type Response } from '../../../simulator/response.ts'
import { followLists } from './full-ends.ts'

/** How far outside of its window a row may lie without being evidence. */
const NEAR_MS = 2000

/** Sees everything that the API says. */
export interface Witness {
  readonly watch: (request: Request, response: Response) => void
  /** Whether a row of a stream has lain outside of the window that was asked for. */
  readonly sawStray: (stream: string) => boolean
  /** The paths of which a list has ended with an empty page after a full one, since the last run ended. */
  readonly endedFull: () => ReadonlySet<string>
  /** How many requests there have been in a run, which has ended. */
  readonly endRun: () => number
}

/** A witness who has seen nothing yet. `onRequest` is told how many requests there have been in a run. */
export function makeWitness(onRequest: (count: number) => void = () => undefined): Witness {
  const strays = new Set<string>()
  const lists = followLists()
  let count = 0
  return {
    watch(request, response) {
      count++
      onRequest(count)
      const stream = request.route?.stream
      if (stream === undefined) return
      lists.see(request, response)
      if (!strays.has(stream) && hasStray(request, response)) strays.add(stream)
    },
    sawStray: stream => strays.has(stream),
    endedFull: lists.ended,
    endRun() {
      const since = count
      count = 0
      lists.endRun()
      return since
    },
  }
}

function hasStray(request: Request, response: Response): boolean {
  const { from, to } = windowIn(request.query, request) ?? {}
  if (response.status !== 200 || (from === undefined && to === undefined)) return false
  const rows = Object.values(objectIn(response) ?? {}).find(Array.isArray) ?? []
  return rows.some((row: Record<string, unknown>) => {
    const time = timeOf(row)
    return time !== undefined && (time < (from ?? time) - NEAR_MS || time > (to ?? time) + NEAR_MS)
  })
}
