import { asConnectorError } from '../errors.ts'
import { createPlainScreen, createScreen } from './runtime/screen.ts'
import { onSignals } from './runtime/signals.ts'
import type { Terminal } from './runtime/terminal.ts'
import { namesIn, type SyncOptions } from './sync/options.ts'
import { reportOf } from './sync/report.ts'
import { syncInto } from './sync/sync-into.ts'

/** Reads streams into files, and shows what came of it. Resolves to the exit code: 0 only when every stream was read to its end. */
export async function syncCommand(options: SyncOptions, terminal: Terminal): Promise<number> {
  const stopping = new AbortController()
  const signals = onSignals(stopping)
  const level = process.env['LOG_LEVEL']
  const screen = process.stderr.isTTY
    ? createScreen(process.stderr, { level, now: Date.now, progress: true })
    : createPlainScreen(terminal.tell)
  const code = await syncInto({
    ...options,
    streams: options.streams === undefined ? undefined : namesIn(options.streams),
    signal: stopping.signal,
    logLevel: level,
    onEvent: screen.show,
  }).then(
    result => {
      screen.end()
      terminal.print(reportOf(result))
      return result.finished ? 0 : 1
    },
    error => {
      screen.end()
      terminal.tell(`${asConnectorError(error).message}\n`)
      return 1
    },
  )
  signals.raise()
  return signals.code() ?? code
}
