import { type Level, logMessage, type Mask, sentence } from './messages.ts'
import type { Output } from './output.ts'

/** Lines for the platform's log, with secrets masked, each on one line. */
export interface Log {
  warn(text: string): void
  info(text: string): void
  /** The text is made only where it is written. */
  debug(text: () => string): void
}

/** A log that says nothing: for what is said elsewhere. */
export const SILENT_LOG: Log = { warn: () => undefined, info: () => undefined, debug: () => undefined }

/** How much each level leaves out, by its name in LOG_LEVEL. */
const RANKS: Readonly<Record<string, number>> = {
  TRACE: 0,
  DEBUG: 0,
  INFO: 1,
  WARN: 2,
  WARNING: 2,
  ERROR: 3,
  FATAL: 3,
}

/** A log that writes LOG messages of this level and above; INFO where there is no level, or one that nobody knows. */
export function createLog(output: Output, mask: Mask, level?: string): Log {
  const say = (at: Level, text: () => string) =>
    isLogged(at, level) ? output.send(logMessage(at, sentence(text(), mask))) : undefined
  return {
    warn: text => say('WARN', () => text),
    info: text => say('INFO', () => text),
    debug: text => say('DEBUG', text),
  }
}

/** Whether lines of a level are written where LOG_LEVEL is this. */
export function isLogged(at: Level, level = 'INFO'): boolean {
  return (RANKS[at] ?? 1) >= (RANKS[level.toUpperCase()] ?? 1)
}
