import { parseArgs } from 'node:util'
import type { Arguments } from './arguments.ts'

const FILES = { config: { type: 'string' }, catalog: { type: 'string' }, state: { type: 'string' } } as const

/** Parses a command line as the platform writes it: a command and the paths of its files, nothing else. Undefined for any other,
 *  which the full parser then handles, with help and advice; loading that takes longer than all of this. */
export function parsePlainArguments(argv: readonly string[]): Arguments | undefined {
  const { command, config, catalog, state } = parsed(argv) ?? {}
  if (command === 'spec' && argv.length === 1) return { command }
  if (config === undefined) return undefined
  if (command === 'check' && argv.length === 3) return { command, config }
  if (command === 'discover' && argv.length === 3)
    return { command, config, configured: false, streams: undefined }
  const isPlain = argv.length === (state === undefined ? 5 : 7)
  return command === 'read' && catalog !== undefined && isPlain
    ? { command, config, catalog, streams: undefined, state }
    : undefined
}

function parsed(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: FILES, allowPositionals: true })
    return positionals.length === 1 ? { ...values, command: positionals[0] } : undefined
  } catch {
    return undefined
  }
}
