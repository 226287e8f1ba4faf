import { type ConnectorError, configError } from '../../errors.ts'

/** How long a path may take in one response. */
export const MAX_PATH_MS = 5000
/** How many values a path may find in one response. */
export const MAX_VALUES = 1_000_000

/** The error for a path that finds more values than it may. */
export function tooManyValues(path: string): ConnectorError {
  return configError(`The path ${path} finds more than ${MAX_VALUES} values. Write a narrower one.`)
}
