import type { Secrets } from '../../config/secrets.ts'
import { asConnectorError, configError } from '../../errors.ts'
import { systemClock } from '../../http/clock.ts'
import type { Clock } from '../../http/types.ts'
import { createLog, type Log } from '../../protocol/log.ts'
import { errorMessage, type Mask } from '../../protocol/messages.ts'
import { createOutput, type Output } from '../../protocol/output.ts'
import { createRunSecrets } from './secrets.ts'

/** What a running command has at hand. */
export interface Program {
  readonly output: Output
  readonly log: Log
  readonly mask: Mask
  readonly clock: Clock
  /** Aborted when the program is asked to stop, or its reader has gone. */
  readonly signal: AbortSignal
  readonly stop: () => void
  /** What must never be written; only CONTROL carries it. */
  readonly secrets: Secrets
}

/** A command: resolves to the exit code. */
export type Command = (program: Program) => Promise<number>

/** How long a stop may take before the process is ended by force; the platform allows more. */
const STOP_WITHIN_MS = 4000
const REQUEST_TIMEOUT = 'SOURCE_BABELFORCE_REQUEST_TIMEOUT_MS'

/** Runs a command to its end: an error becomes a trace and exit code 1, a signal stops it, a closed stdout ends it
 *  quietly, and everything written has left the process when this resolves. */
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

/** Says of an error that nobody caught what is said of any other, once and masked, and ends the program: what Node would
 *  print by itself could hold a secret. An unhandled rejection arrives here too. */
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

/** How long one request may take, where the environment says so. */
export function requestTimeoutMs(env: NodeJS.ProcessEnv): { readonly timeoutMs?: number } {
  const text = env[REQUEST_TIMEOUT]
  if (text === undefined || text === '') return {}
  if (/^[1-9]\d{0,8}$/.test(text)) return { timeoutMs: Number(text) }
  throw configError(`The environment variable ${REQUEST_TIMEOUT} must be a whole number of milliseconds.`)
}

/** Stops the program on SIGTERM and SIGINT. Gives back the exit code that the signal asks for, if there was one. */
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
