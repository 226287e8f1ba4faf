/** The requests the simulator has received since its start or the last reset. */
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
  /** Records the beginning of a request and returns the function that records its end. */
  readonly begin: (path: string) => () => void
  readonly granted: () => void
  /** Counts a synchronization; returns how many there have been, this one included. */
  readonly synced: () => number
  readonly report: () => Report
  readonly reset: () => void
}

/** Counters, all at zero. */
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
