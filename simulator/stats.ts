/** What has been asked of the simulator since its start or the last reset. */
interface Report {
  readonly requests: Readonly<Record<string, number>>
  readonly grants: number
  /** How often the agents have been synchronized. */
  readonly syncs: number
  readonly total: number
  readonly inFlightPeak: number
}

/** Counts requests. */
export interface Stats {
  /** Notes the beginning of a request and gives the function that notes its end. */
  readonly begin: (path: string) => () => void
  readonly granted: () => void
  /** Gives the number of synchronizations, this one included. */
  readonly synced: () => number
  readonly report: () => Report
  readonly reset: () => void
}

/** Counters at zero. */
export function makeStats(): Stats {
  const requests = new Map<string, number>()
  let [grants, syncs, total, inFlight, inFlightPeak] = [0, 0, 0, 0, 0]
  return {
    begin: path => {
      requests.set(path, (requests.get(path) ?? 0) + 1)
      total += 1
      inFlight += 1
      inFlightPeak = Math.max(inFlightPeak, inFlight)
      return () => {
        inFlight -= 1
      }
    },
    granted: () => {
      grants += 1
    },
    synced: () => ++syncs,
    report: () => ({ requests: Object.fromEntries(requests), grants, syncs, total, inFlightPeak }),
    reset: () => {
      requests.clear()
      grants = 0
      syncs = 0
      total = 0
      inFlightPeak = inFlight
    },
  }
}
