import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { configError } from '../../errors.ts'
import type { Terminal } from './terminal.ts'

/** A secret that an option names: `-` asks for it on a terminal, without showing it, or reads it from stdin; `env:NAME` takes an
 *  environment variable. Any other value is the secret itself, with a warning. Throws a config_error if the variable is not set. */
export async function readSecret(
  option: string,
  name: string,
  { tell }: Pick<Terminal, 'tell'>,
): Promise<string> {
  if (option === '') return ''
  if (option === '-') return process.stdin.isTTY ? askFor(name, tell) : (await text(process.stdin)).trim()
  if (option.startsWith('env:')) return secretIn(option.slice('env:'.length), name)
  tell(
    `Warning: the value of ${name} can be seen in this machine's list of processes. Give it on stdin: ${name} -, or in an ` +
      `environment variable: ${name} env:NAME.\n`,
  )
  return option
}

function secretIn(variable: string, name: string): string {
  const value = process.env[variable]
  if (value !== undefined) return value
  throw configError(`The environment variable ${variable}, which ${name} names, is not set.`)
}

/** Asks on the terminal; what is typed is not shown. */
async function askFor(name: string, tell: Terminal['tell']): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  tell(`${name}: `)
  try {
    return (await asking.question('')).trim()
  } finally {
    asking.close()
    tell('\n')
  }
}
