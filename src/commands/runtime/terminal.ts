import { asConnectorError, configError } from '../../errors.ts'
import { systemClock } from '../../http/clock.ts'
import { isLogged } from '../../protocol/log.ts'
import type { Output } from '../../protocol/output.ts'
import type { Program } from './program.ts'
import { UNWATCHED } from './run-watch.ts'
import { createRunSecrets } from './secrets.ts'
import { writeConfig } from './write-whole.ts'

/** Where a command writes when a person runs it. */
export interface Terminal {
  /** For the person: stderr. */
  tell(text: string): void
  /** What was asked for: stdout. */
  print(text: string): void
  /** Its width in columns. */
  readonly width: number
}

/** Runs a command for a person: log lines and errors go to the terminal as text, and a config that must be kept goes into the
 *  file `saveTo`. Resolves to the exit code. */
export async function runInTerminal(
  terminal: Terminal,
  saveTo: string | undefined,
  command: (program: Program) => Promise<number>,
): Promise<number> {
  const secrets = createRunSecrets()
  const stopping = new AbortController()
  const say = (text: string) => terminal.tell(`${secrets.mask(text)}\n`)
  const isDebugged = isLogged('DEBUG', process.env['LOG_LEVEL'])
  const program: Program = {
    output: outputFor(saveTo),
    mask: secrets.mask,
    secrets,
    watch: UNWATCHED,
    log: { warn: say, info: say, debug: text => (isDebugged ? say(text()) : undefined) },
    clock: systemClock,
    signal: stopping.signal,
    stop: () => stopping.abort(),
  }
  try {
    return await command(program)
  } catch (error) {
    say(asConnectorError(error).message)
    return 1
  }
}

/** Throws a config_error rather than use up a refresh token whose successor would be lost. */
export function refuseToLoseToken(
  credentials: { readonly auth_type: string },
  saveTo: string | undefined,
): void {
  if (credentials.auth_type !== 'refresh_token' || saveTo !== undefined) return
  throw configError(
    'This config has a refresh token, which can be used only once: using it here would leave the config with a spent one. ' +
      'Name a file with --save-config: the config with the next token is written to it, for you to put back into Airbyte.',
  )
}

/** An output that keeps only configs to be saved: each is in the file before the next request leaves. */
function outputFor(saveTo: string | undefined): Output {
  let written: Promise<void> = Promise.resolve()
  return {
    send(message) {
      if (message.type !== 'CONTROL' || saveTo === undefined) return
      const { config = {} } = message.control.connectorConfig ?? {}
      written = written.then(() => writeConfig(saveTo, config))
    },
    append: () => undefined,
    copy: () => undefined,
    ready: async () => undefined,
    flush: () => written,
  }
}
