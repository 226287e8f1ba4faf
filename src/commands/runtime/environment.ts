import { configError } from '../../errors.ts'

const REQUEST_TIMEOUT = 'SOURCE_BABELFORCE_REQUEST_TIMEOUT_MS'
const SAVE_EVERY = 'SOURCE_BABELFORCE_SAVE_EVERY_MS'
const PATIENCE = 'SOURCE_BABELFORCE_PATIENCE'

/** How long one request may take, if the environment sets it. */
export function requestTimeoutMs(env: NodeJS.ProcessEnv): { readonly timeoutMs?: number } {
  const text = env[REQUEST_TIMEOUT]
  if (text === undefined || text === '') return {}
  if (/^[1-9]\d{0,8}$/.test(text)) return { timeoutMs: Number(text) }
  throw configError(`The environment variable ${REQUEST_TIMEOUT} must be a whole number of milliseconds.`)
}

/** How often progress is saved, if the environment sets it: tests save after every step. */
export function saveEveryMs(env: NodeJS.ProcessEnv): { readonly saveEveryMs?: number } {
  const ms = Number(env[SAVE_EVERY] ?? Number.NaN)
  return ms >= 0 ? { saveEveryMs: ms } : {}
}

/** What part of each wait is really waited for, if the environment sets it: tests do not sit through an outage. */
export function pace(env: NodeJS.ProcessEnv): { readonly pace?: number } {
  const text = env[PATIENCE]
  if (text === undefined || text === '') return {}
  if (/^\d{1,3}(\.\d{1,6})?$/.test(text)) return { pace: Number(text) }
  throw configError(
    `The environment variable ${PATIENCE} must be a number, such as 0.1 for a tenth of each wait.`,
  )
}
