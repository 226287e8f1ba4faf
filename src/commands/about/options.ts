import { parseArgs } from 'node:util'

/** What `--about` is given. */
export interface AboutOptions {
  readonly format: 'json' | 'markdown'
}

const ABOUT = { about: { type: 'boolean' }, format: { type: 'string', default: 'markdown' } } as const

/** Parses `--about`, with a format or without; whatever command it comes with, it is about the connector. Undefined for any other command line. Throws an Error if there is no such format. */
export function parseAbout(argv: readonly string[]): AboutOptions | undefined {
  if (!argv.includes('--about')) return undefined
  const { format } = parseArgs({ args: [...argv], options: ABOUT, allowPositionals: true }).values
  if (format !== 'json' && format !== 'markdown')
    throw new Error('--format of --about must be json or markdown.')
  return { format }
}
