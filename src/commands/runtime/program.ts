import type { Secrets } from '../../config/secrets.ts'
import { asConnectorError } from '../../errors.ts'
import type { CallLayer } from '../../http/call-layers.ts'
import { systemClock } from '../../http/clock.ts'
import type { SharedIdentity } from '../../http/sign-in/auth.ts'
import type { Clock } from '../../http/types.ts'
import { createLog, type Log } from '../../protocol/log.ts'
import { errorMessage, type Mask } from '../../protocol/messages.ts'
import { createOutput, type Output } from '../../protocol/output.ts'
import { writeNowTo } from '../../protocol/queue.ts'
import { createRunWatch, type RunWatch, UNWATCHED } from './run-watch.ts'
import { createScreen, type Screen } from './screen.ts'
import { createRunSecrets } from './secrets.ts'
import { onSignals, STOP_WITHIN_MS } from './signals.ts'

/** What a running command works with. */
export interface Program {
  readonly output: Output
  readonly log: Log
  readonly mask: Mask
  readonly clock: Clock
  /** Aborted when the program is to stop, or its reader has gone away. */
  readonly signal: AbortSignal
  readonly stop: () => void
  /** Follows how far the streams are, for a person at a terminal. */
  readonly watch: RunWatch
  /** What must never be written, except in CONTROL messages. */
  readonly secrets: Secrets
  /** What its way to the API shares with others in this process. */
  readonly way?: SharedWay
}

/** What several ways to the API have in common. */
export interface SharedWay {
  readonly identity: SharedIdentity
  /** Laid around the way. */
  readonly layer?: CallLayer
}

/** A command: resolves to the exit code. */
export type Command = (program: Program) => Promise<number>

/** Runs a command to its end. An error becomes a trace and exit code 1, a signal stops the command, and a closed stdout ends it
 *  quietly. Everything written has left the process when this resolves. */
export async function runProgram(command: Command): Promise<number> {
  const stopping = new AbortController()
  let closed = false
  const close = (error?: NodeJS.ErrnoException) => {
    closed = true
    stopping.abort()
    sayWhyUnwritten(error)
  }
  const written = createOutput(process.stdout, close, writeNowTo(process.stdout.fd))
  const screen = screenFor(process.stderr)
  const program = createProgram(written, screen, stopping)
  const signalled = onSignals(stopping)
  onCrash(program)
  const code = await command(program).catch(error => {
    report(error, program)
    return 1
  })
  if (!closed) await program.output.flush()
  program.watch.end()
  screen?.end()
  return signalled() ?? (closed ? 1 : code)
}

/** How a reader that has gone away shows: it knows. */
const GONE = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']

/** Says on stderr, since stdout takes nothing more, what keeps the output from being written. */
function sayWhyUnwritten({ code = '', message }: Partial<NodeJS.ErrnoException> = {}): void {
  if (message === undefined || GONE.includes(code)) return
  const why = code === 'ENOSPC' ? `the disk is full (${code})` : message
  process.stderr.write(
    `The output could not be written: ${why}. What the last state in it claims was written; the next sync goes on from there.\n`,
  )
}

/** The program that writes to this output, and shows what happens on the screen, where there is one. */
function createProgram(written: Output, screen: Screen | undefined, stopping: AbortController): Program {
  const watch = screen === undefined ? UNWATCHED : createRunWatch(screen.show)
  const output = screen === undefined ? written : watched(written, watch)
  const secrets = createRunSecrets()
  return {
    output,
    mask: secrets.mask,
    secrets,
    watch,
    log: createLog(output, secrets.mask, process.env['LOG_LEVEL']),
    clock: systemClock,
    signal: stopping.signal,
    stop: () => stopping.abort(),
  }
}

/** What happens, in words, if stderr is a terminal. Progress is shown only where stdout does not go to it as well. */
function screenFor(terminal: NodeJS.WriteStream): Screen | undefined {
  if (!terminal.isTTY) return undefined
  return createScreen(terminal, {
    level: process.env['LOG_LEVEL'],
    now: Date.now,
    progress: !process.stdout.isTTY,
  })
}

/** The output, each of whose messages is told to the watch as well. */
function watched(output: Output, watch: RunWatch): Output {
  return {
    ...output,
    send(message) {
      watch.onMessage(message)
      output.send(message)
    },
  }
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
