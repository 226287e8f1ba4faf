import { type Level, logMessage, type Mask, sentence } from './messages.ts'
import type { Output } from './output.ts'

/** Lines for the platform's log, with secrets masked, each on one line. */
export interface Log {
  warn(text: string): void
  info(text: string): void
  debug(text: string): void
}

/** A log that writes LOG messages, with debug lines only if LOG_LEVEL asks for them. */
export function createLog(output: Output, mask: Mask, level = 'INFO'): Log {
  const verbose = ['DEBUG', 'TRACE'].includes(level.toUpperCase())
  const say = (at: Level, text: string) => output.send(logMessage(at, sentence(text, mask)))
  return {
    warn: text => say('WARN', text),
    info: text => say('INFO', text),
    debug: text => {
      if (verbose) say('DEBUG', text)
    },
  }
}
