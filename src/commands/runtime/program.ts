import type { Secrets } from '../../config/secrets.ts'
import { asConnectorError } from '../../errors.ts'
import { systemClock } from '../../http/clock.ts'
import type { Clock } from '../../http/types.ts'
import { createLog, type Log } from '../../protocol/log.ts'
import { errorMessage, type Mask } from '../../protocol/messages.ts'
import { createOutput, type Output } from '../../protocol/output.ts'
import { createRunSecrets } from './secrets.ts'

/** What a running command works with. */
export interface Program {
  readonly output: Output
  readonly log: Log
  readonly mask: Mask
  readonly clock: Clock
  /** Aborted when the program is to stop, or its reader has gone away. */
  readonly signal: AbortSignal
  readonly stop: () => void
  /** What must never be written, except in CONTROL messages. */
  readonly secrets: Secrets
}

/** A command: resolves to the exit code. */
export type Command = (program: Program) => Promise<number>

/** How long a stop may take before the process exits anyway; the platform allows more. */
const STOP_WITHIN_MS = 4000

/** Runs a command to its end. An error becomes a trace and exit code 1, a signal stops the command, and a closed stdout ends it
 *  quietly. Everything written has left the process when this resolves. */
export async function runProgram(command: Command): Promise<number> {
  const stopping = new AbortController()
  let closed = false
  const output = createOutput(process.stdout, () => {
    closed = true
    stopping.abort()
  })
  const secrets = createRunSecrets()
  const program: Program = {
    output,
    mask: secrets.mask,
    secrets,
    log: createLog(output, secrets.mask, process.env['LOG_LEVEL']),
    clock: systemClock,
    signal: stopping.signal,
    stop: () => stopping.abort(),
  }
  const signalled = onSignals(stopping)
  onCrash(program)
  const code = await command(program).catch(error => {
    report(error, program)
    return 1
  })
  if (!closed) await output.flush()
  return signalled() ?? (closed ? 1 : code)
}

function report(error: unknown, { output, mask, clock }: Program): void {
  output.send(errorMessage(asConnectorError(error), mask, clock.now()))
}

/** Reports an uncaught error like any other, once and masked, and ends the program: what Node would print could contain a secret.
 *  Unhandled rejections arrive here too. */
function onCrash(program: Program): void {
  let crashed = false
  process.on('uncaughtException', async error => {
    if (crashed) return
    crashed = true
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    report(error, program)
    await program.output.flush()
    process.exit(1)
  })
}

/** Stops the program on SIGTERM and SIGINT. Returns a function for the exit code of the signal that came, if one did. */
function onSignals(stopping: AbortController): () => number | undefined {
  let code: number | undefined
  for (const [signal, exitCode] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    process.on(signal, () => {
      code = exitCode
      stopping.abort()
      setTimeout(() => process.exit(exitCode), STOP_WITHIN_MS).unref()
    })
  }
  return () => code
}
