import type { ProtocolArguments } from './arguments/protocol-commands.ts'
import { checkCommand } from './check.ts'
import { discoverCommand, printConfigured } from './discover.ts'
import { readCommand } from './read.ts'
import type { Command } from './runtime/program.ts'
import type { Terminal } from './runtime/terminal.ts'

/** The commands of the protocol that work with a config, in one piece: a file for each that they share would take longer to load
 *  than all that one of them does not need. Resolves to what is to be run, or to the exit code of what is over. */
export async function platformCommand(
  parsed: Exclude<ProtocolArguments, { readonly command: 'spec' }>,
  terminal: Terminal,
): Promise<Command | number> {
  switch (parsed.command) {
    case 'check':
      return checkCommand(parsed.config)
    case 'discover':
      return parsed.configured ? printConfigured(parsed, terminal) : discoverCommand(parsed.config)
    case 'read':
      return readCommand(parsed)
  }
}
