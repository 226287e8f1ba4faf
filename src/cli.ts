import { parsePlainArguments } from './commands/arguments/plain-arguments.ts'
import type { Command } from './commands/runtime/program.ts'

/** The entry point. The platform's commands and people's load as one piece each, and what few runs need when they need it; `spec`
 *  is answered before arguments are parsed. */
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
  if (parsed === undefined) return undefined
  switch (parsed.command) {
    case 'spec':
      return (await import('./commands/spec.ts')).specCommand
    case 'check':
    case 'discover':
    case 'read':
      return (await import('./commands/platform.ts')).platformCommand(parsed, TERMINAL)
    default:
      return (await import('./commands/own.ts')).runOwn(parsed, TERMINAL)
  }
}

process.exitCode = await main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  return 2
})
