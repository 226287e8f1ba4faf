import { asConnectorError } from '../errors.ts'
import { createPlainScreen, createScreen } from './runtime/screen.ts'
import { onSignals } from './runtime/signals.ts'
import type { Terminal } from './runtime/terminal.ts'
import { namesIn } from './setup/names.ts'
import type { SyncOptions } from './sync/options.ts'
import { reportOf } from './sync/report.ts'
import { syncInto } from './sync/sync-into.ts'

/** Reads streams into files, and shows what came of it. Resolves to the exit code: 0 only when every stream was read to its end. */
export async function syncCommand(options: SyncOptions, terminal: Terminal): Promise<number> {
  const stopping = new AbortController()
  const signalled = onSignals(stopping)
  const code = await sync(options, terminal, stopping.signal)
  return signalled() ?? code
}

async function sync(options: SyncOptions, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const logLevel = process.env['LOG_LEVEL']
  const screen = process.stderr.isTTY
    ? createScreen(process.stderr, { level: logLevel, now: Date.now, progress: true })
    : createPlainScreen(terminal.tell)
  try {
    const streams = options.streams === undefined ? undefined : namesIn(options.streams)
    const result = await syncInto({ ...options, streams, signal, logLevel, onEvent: screen.show })
    screen.end()
    terminal.print(reportOf(result))
    return result.finished ? 0 : 1
  } catch (error) {
    screen.end()
    terminal.tell(`${asConnectorError(error).message}\n`)
    return 1
  }
}
