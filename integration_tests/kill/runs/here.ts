import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { UNWATCHED } from '../../../src/commands/runtime/run-watch.ts'
import { makeLines } from './lines.ts'
import { makeReader, type Run, type RunEnd } from './run.ts'

/** No run of so small an account takes as long, by the machine's clock. */
const LONGEST_MS = 60_000

type Command = (program: object) => Promise<number>
type PlatformCommand = (parsed: {
  readonly command: 'read'
  readonly config: string
  readonly catalog: string
  readonly state: string
}) => Promise<Command>

/** Runs the built read command within this process, with a clock of its own. A run that is killed goes on for a moment, unheard:
 *  what it writes after that is lost, as with a killed process. Rejects when it does not end. */
export async function runHere(run: Run): Promise<RunEnd> {
  const platformCommand = await loadCommands(run.main)
  const stopping = new AbortController()
  run.limit.addEventListener('abort', () => stopping.abort())
  const reader = makeReader(run.stop, () => stopping.abort())
  const folder = await mkdtemp(join(tmpdir(), 'source-babelforce-'))
  const pathOf = (name: string) => join(folder, `${name}.json`)
  try {
    for (const [name, content] of Object.entries({
      config: run.config,
      catalog: run.catalog,
      state: run.states,
    }))
      await writeFile(pathOf(name), JSON.stringify(content))
    const command = await platformCommand({
      command: 'read',
      config: pathOf('config'),
      catalog: pathOf('catalog'),
      state: pathOf('state'),
    })
    const code = await Promise.race([
      command(programFor(run, reader.take, stopping)).catch(reported(reader.take)),
      late(),
    ])
    return { code: reader.isStopped() ? undefined : code, messages: reader.messages }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The program's surroundings, as `runProgram` gives them to a command. */
function programFor(
  { clock, clockErrorMs, tickMs }: Run,
  take: (line: string) => void,
  stopping: AbortController,
) {
  const output = makeLines(take)
  const say = (level: string) => (message: string) => output.send({ type: 'LOG', log: { level, message } })
  let turns = 0
  return {
    output,
    mask: (text: string) => text,
    secrets: { add: () => undefined, addConfig: () => undefined, mask: (text: string) => text },
    log: { warn: say('WARN'), info: say('INFO'), debug: () => undefined },
    clock: {
      now() {
        clock.pass(tickMs)
        return clock.now() + clockErrorMs
      },
      random: () => (++turns % 97) / 97,
      sleep: clock.sleep,
    },
    signal: stopping.signal,
    stop: () => stopping.abort(),
    watch: UNWATCHED,
  }
}

function reported(take: (line: string) => void) {
  return (error: Error & { readonly failure?: string }) => {
    const { message, failure: failure_type = 'system_error', stack } = error
    take(JSON.stringify({ type: 'TRACE', trace: { type: 'ERROR', error: { message, failure_type, stack } } }))
    return 1
  }
}

const loaded = new Map<string, Promise<PlatformCommand>>()

/** The platform's commands of a built program: the chunk that main.mjs loads for them. */
function loadCommands(main: string): Promise<PlatformCommand> {
  const known = loaded.get(main)
  if (known !== undefined) return known
  const folder = dirname(main)
  const chunk = readdirSync(folder).find(name => /^platform-\w+\.mjs$/.test(name))
  if (chunk === undefined) throw new Error(`There is no read command beside ${main}: run npm run build.`)
  const command: Promise<PlatformCommand> = import(pathToFileURL(join(folder, chunk)).href).then(
    module => module.platformCommand,
  )
  loaded.set(main, command)
  return command
}

async function late(): Promise<never> {
  await wait(LONGEST_MS, undefined, { ref: false })
  throw new Error(`A run did not end within ${LONGEST_MS / 1000} s.`)
}
