import { configError } from '../errors.ts'
import type { Config } from './config.generated.ts'

const DAY_MS = 86_400_000

/** What a sync goes by: the config with its defaults filled in, in the engine's own units. */
export interface Settings {
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
}

/** How far behind the clock a saved cursor stays. */
const SETTLE_MS = 60_000

/** The settings of a sync that starts at `now`. Throws a config_error when the dates make no sense. */
export function settle(config: Config, now: number): Settings {
  const endMs = config.end_date === undefined ? now : Math.min(moment('end_date', config.end_date), now)
  const startMs =
    config.start_date === undefined ? now - 365 * DAY_MS : moment('start_date', config.start_date)
  if (config.end_date !== undefined && startMs > moment('end_date', config.end_date)) {
    throw configError(
      `start_date (${config.start_date}) is after end_date (${config.end_date}); it must be before it. Change one of them.`,
    )
  }
  return {
    startMs,
    endMs,
    safeMs: Math.min(endMs, now - SETTLE_MS),
    lookbackMs: (config.lookback_hours ?? 24) * 3_600_000,
    longestWindowMs: (config.window_days ?? 30) * DAY_MS,
    concurrency: config.concurrency ?? 8,
    requestsPerSecond: config.requests_per_second,
    pageSize: config.page_size ?? 100,
  }
}

function moment(field: string, text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms))
    throw configError(`${field} must be a day such as 2024-05-01 or a moment in UTC; it is "${text}".`)
  return ms
}
