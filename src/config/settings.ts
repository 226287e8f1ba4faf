import { configError } from '../errors.ts'
import type { Config } from './config.generated.ts'

const DAY_MS = 86_400_000

/** What a sync goes by: the config with its defaults filled in, in the engine's own units. */
export interface Settings {
  /** When the sync began. */
  readonly nowMs: number
  /** The first moment that is read, inclusive. */
  readonly startMs: number
  /** The last moment that is read, inclusive: frozen when the sync starts. */
  readonly endMs: number
  /** No cursor is saved beyond this: what arrives late is read again. */
  readonly safeMs: number
  readonly lookbackMs: number
  readonly longestWindowMs: number
  readonly concurrency: number
  readonly requestsPerSecond: number | undefined
  readonly pageSize: number
  /** What the user narrows streams down to, by the config's names; empty values are left out. */
  readonly filters: Readonly<Record<string, string>>
  /** Ids to ask for one by one, by the config's names. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** The length of a metric's interval; undefined: one for the whole time. */
  readonly intervalMs: number | undefined
  /** For each of which a metric is asked; undefined: once for all. */
  readonly splitBy: 'agent' | 'queue' | undefined
  readonly agentSync: AgentSyncSettings
}

/** How a synchronization of agents is started, if at all. */
interface AgentSyncSettings {
  readonly enabled: boolean
  readonly method: 'GET' | 'POST'
  readonly path: string
}

/** How far behind the clock a saved cursor stays. */
const SETTLE_MS = 60_000

/** The settings of a sync that starts at `now`. Throws a config_error when the dates make no sense. */
export function settle(config: Config, now: number): Settings {
  const endMs = config.end_date === undefined ? now : Math.min(moment('end_date', config.end_date), now)
  const startMs =
    config.start_date === undefined ? now - 365 * DAY_MS : moment('start_date', config.start_date)
  refuseBackwards(config, startMs)
  return {
    nowMs: now,
    startMs,
    endMs,
    safeMs: Math.min(endMs, now - SETTLE_MS),
    lookbackMs: (config.lookback_hours ?? 24) * 3_600_000,
    longestWindowMs: (config.window_days ?? 30) * DAY_MS,
    concurrency: config.concurrency ?? 8,
    requestsPerSecond: config.requests_per_second,
    pageSize: config.page_size ?? 100,
    filters: given(config.filters ?? {}),
    ids: { ...config.ids, ...(config.metrics?.ids === undefined ? {} : { metrics: config.metrics.ids }) },
    ...metricSettings(config),
    agentSync: agentSyncSettings(config),
  }
}

function metricSettings({ metrics = {} }: Config): Pick<Settings, 'intervalMs' | 'splitBy'> {
  const { interval = 'day', by = 'none' } = metrics
  const lengths = { day: DAY_MS, hour: 3_600_000, none: undefined }
  return { intervalMs: lengths[interval], splitBy: by === 'none' ? undefined : by }
}

function agentSyncSettings({ agent_sync = {} }: Config): AgentSyncSettings {
  const { enabled = false, method = 'POST', path = '' } = agent_sync
  if (enabled && path === '') {
    throw configError(
      'agent_sync.path is missing: it names the request that starts a synchronization. Enter it, or switch agent_sync off.',
    )
  }
  return { enabled, method, path }
}

function refuseBackwards(config: Config, startMs: number): void {
  if (config.end_date === undefined || startMs <= moment('end_date', config.end_date)) return
  throw configError(
    `start_date (${config.start_date ?? 'left empty: a year ago'}) is after end_date (${config.end_date}); it must be before it. Change one of them.`,
  )
}

function given(filters: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(entries) as Record<string, string>
}

function moment(field: string, text: string): number {
  const ms = Date.parse(text)
  // Date.parse takes February 30th for a day in March.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text.slice(0, '2024-05-01'.length)))
    throw configError(`${field} must be a day such as 2024-05-01 or a moment in UTC; it is "${text}".`)
  return ms
}
