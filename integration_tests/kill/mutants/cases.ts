import type { Case, Settings, SyncPlan } from '../cases/case.ts'

const settings: Settings = {
  concurrency: 1,
  page_size: 5,
  window_days: 30,
  lookback_hours: 1,
  startDays: 7,
}

/** Calls of several days, on several pages. */
export const busy: Case['world'] = {
  world: 'documented',
  seed: 7,
  calls: 80,
  agents: 4,
  lists: 4,
  leads: 9,
  days: 4,
  together: 1,
  live: 0,
}

export function sync(more: Partial<SyncPlan> = {}, config: Partial<Settings> = {}): SyncPlan {
  return {
    waitHours: 0,
    arrivals: 0,
    leavers: {},
    clockErrorHours: 0,
    stops: [],
    ...more,
    settings: { ...settings, ...config },
  }
}

export const healthy = {
  world: busy,
  faults: [],
  passing: { faults: [], from: 0, runs: 0 },
  mode: 'incremental',
  asProgram: false,
  syncs: [sync()],
} as const satisfies Partial<Case>

export const calls = { ...healthy, streams: ['calls'] } as const
export const ill = (...faults: readonly string[]) => ({ passing: { faults, from: 0, runs: 1 } })
/** Short windows side by side, so that a later one may be over before an earlier one is. */
export const swift: Partial<Settings> = { concurrency: 3, window_days: 0.2 }
// What is older than 30 days is closed even behind the newest record that was seen.
export const killed = sync({ stops: [{ how: 'kill', after: 30 }] }, { startDays: 46 })
