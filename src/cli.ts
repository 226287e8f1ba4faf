import { parsePlainArguments } from './commands/arguments/plain-arguments.ts'
import type { DiscoverOptions } from './commands/discover.ts'
import type { Command } from './commands/runtime/program.ts'

/** The entry point. Each command loads only what it needs; `spec` is answered before arguments are parsed. */
async function main(argv: readonly string[]): Promise<number> {
  refuseOldNode(process.versions.node)
  const command = await commandFor(argv)
  if (command === undefined) return 0
  if (typeof command === 'number') return await leave(command)
  const { runProgram } = await import('./commands/runtime/program.ts')
  return await leave(await runProgram(command))
}

/** Ends the program once all that was printed has left it. Whatever is still open, such as a connection without a response, does
 *  not keep it running. */
async function leave(code: number): Promise<never> {
  await new Promise<void>(done => process.stdout.write('', () => done()))
  const { exit } = await import('./commands/runtime/signals.ts')
  return exit(code)
}

/** The terminal, for commands that people run. */
const TERMINAL = {
  tell: (text: string) => process.stderr.write(text),
  print: (text: string) => process.stdout.write(text),
  get width() {
    return process.stdout.columns ?? 120
  },
}

/** Refuses an old Node at once, where it would otherwise fail in the middle of a sync. */
function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return
  throw new Error(
    `source-babelforce needs Node 22.18 or later; this is ${version}. Run it with its own: npx source-babelforce`,
  )
}

/** The command to run; the exit code of one for people, which is already over; undefined if only help was asked for. */
async function commandFor(argv: readonly string[]): Promise<Command | number | undefined> {
  const parsed =
    parsePlainArguments(argv) ??
    (await (await import('./commands/arguments/arguments.ts')).parseArguments(argv))
  switch (parsed?.command) {
    case undefined:
      return undefined
    case 'spec':
      return (await import('./commands/spec.ts')).specCommand
    case 'check':
      return (await import('./commands/check.ts')).checkCommand(parsed.config)
    case 'discover':
      return discover(parsed)
    case 'read':
      return (await import('./commands/read.ts')).readCommand(parsed)
    case 'sample':
      return (await import('./commands/sample.ts')).showSample(parsed.options, TERMINAL)
    case 'survey':
      return (await import('./commands/survey.ts')).surveyAccount(parsed.options, TERMINAL)
    case 'about':
      return (await import('./commands/about.ts')).showAbout(parsed, TERMINAL)
    case 'sync':
      return (await import('./commands/sync.ts')).syncCommand(parsed.options, TERMINAL)
    case 'sign-in':
      return (await import('./commands/sign-in.ts')).signIn(parsed.options, TERMINAL)
    case 'plan':
      return (await import('./commands/plan.ts')).showPlan(parsed.options, TERMINAL)
    case 'state merge':
      return (await import('./commands/state-merge.ts')).showMergedState(parsed.files, TERMINAL)
  }
}

async function discover(options: DiscoverOptions): Promise<Command | number> {
  const { discoverCommand, printConfigured } = await import('./commands/discover.ts')
  return options.configured ? printConfigured(options, TERMINAL) : discoverCommand(options.config)
}

process.exitCode = await main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  return 2
})
