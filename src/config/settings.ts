import { DAY_MS, HOUR_MS } from '../durations.ts'
import { configError } from '../errors.ts'
import { defined } from '../optional.ts'
import type { Config } from './config.generated.ts'

/** The settings of a sync: the config with its defaults filled in, in the engine's units. */
export interface Settings {
  /** What tells the account from others. */
  readonly account: Readonly<Record<string, string>>
  /** When the sync began. */
  readonly nowMs: number
  /** The first moment that is read, inclusive. */
  readonly startMs: number
  /** The last moment that is read, inclusive: fixed when the sync starts. */
  readonly endMs: number
  readonly lookbackMs: number
  readonly longestWindowMs: number
  readonly concurrency: number
  readonly requestsPerSecond: number | undefined
  readonly pageSize: number
  /** The user's filters, by the config's names; empty values are left out. */
  readonly filters: Readonly<Record<string, string>>
  /** Ids to request one by one, by the config's names. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** The length of a metric's interval; undefined: one for the whole time. */
  readonly intervalMs: number | undefined
  /** For each of which a metric is requested; undefined: once for all. */
  readonly splitBy: 'agent' | 'queue' | undefined
  readonly agentSync: AgentSyncSettings
}

/** How to start a synchronization of agents, if at all. */
interface AgentSyncSettings {
  readonly enabled: boolean
  readonly method: 'GET' | 'POST'
  readonly path: string
}

/** The settings of a sync that starts at `now`. Throws a config_error if the dates make no sense. */
export function settle(config: Config, now: number, origin = ''): Settings {
  const endMs = config.end_date === undefined ? now : Math.min(moment('end_date', config.end_date), now)
  const startMs =
    config.start_date === undefined ? now - 365 * DAY_MS : moment('start_date', config.start_date)
  refuseBackwards(config, startMs)
  return {
    account: { origin, ...defined({ org_key: orgKeyOf(config) }) },
    nowMs: now,
    startMs,
    endMs,
    lookbackMs: (config.lookback_hours ?? 24) * HOUR_MS,
    longestWindowMs: (config.window_days ?? 30) * DAY_MS,
    concurrency: config.concurrency ?? 16,
    requestsPerSecond: config.requests_per_second,
    pageSize: config.page_size ?? 500,
    filters: withoutEmpty(config.filters ?? {}),
    ids: { ...config.ids, ...defined({ metrics: config.metrics?.ids }) },
    ...metricSettings(config),
    agentSync: agentSyncSettings(config),
  }
}

/** The sub-account that a partner reads, if any. */
function orgKeyOf({ credentials }: Config): string | undefined {
  return credentials.auth_type === 'access_token' ? undefined : credentials.org_key
}

function metricSettings({ metrics = {} }: Config): Pick<Settings, 'intervalMs' | 'splitBy'> {
  const { interval = 'day', by = 'none' } = metrics
  const lengths = { day: DAY_MS, hour: HOUR_MS, none: undefined }
  return { intervalMs: lengths[interval], splitBy: by === 'none' ? undefined : by }
}

function agentSyncSettings({ agent_sync = {} }: Config): AgentSyncSettings {
  const { enabled = false, method = 'POST', path = '' } = agent_sync
  if (enabled && path === '') {
    throw configError(
      'agent_sync.path is missing: it names the request that starts a synchronization. Enter it, or turn agent_sync off.',
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

function withoutEmpty(filters: Readonly<Record<string, string | undefined>>): Record<string, string> {
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
