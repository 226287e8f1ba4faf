import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** The built program. */
export const MAIN = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))

/** A protocol message as it was printed, not yet typed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every kind
export type Printed = any

/** How a run of the built program ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly messages: readonly Printed[]
  readonly stdout: string
  readonly stderr: string
}

/** What a run is given beside its arguments. */
export interface RunOptions {
  /** Files to write into the working directory first: objects as JSON, texts as they are. */
  readonly files?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  /** The program, where it is not the one that was built. */
  readonly main?: string
  /** Called with each line of stdout; may end the program through the signal function given. */
  readonly onLine?: (line: string, kill: (signal: NodeJS.Signals) => void) => unknown
  /** Whether stderr is a terminal, of 100 columns. */
  readonly terminal?: boolean
  /** Stops reading stdout after so many lines, and closes it. */
  readonly closeAfter?: number
}

/** Runs the built program in a directory of its own with the given files, and waits for its end. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const cwd = await mkdtemp(join(tmpdir(), 'source-babelforce-'))
  try {
    for (const [name, content] of Object.entries(options.files ?? {})) {
      await writeFile(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content))
    }
    return await run(args, cwd, options)
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}

/** Runs a program with a pseudo-terminal as its stderr, whose text goes to the own stderr. */
const PSEUDO_TERMINAL = `
import fcntl, os, pty, struct, subprocess, sys, termios
ours, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
child = subprocess.Popen(sys.argv[1:], stderr=theirs)
os.close(theirs)
try:
    while text := os.read(ours, 4096): os.write(2, text)
except OSError: pass
sys.exit(child.wait() % 256)
`
const ON_TERMINAL = ['python3', '-c', PSEUDO_TERMINAL, process.execPath] as const

async function run(args: readonly string[], cwd: string, options: RunOptions): Promise<Ended> {
  const [program, ...before] = options.terminal === true ? ON_TERMINAL : [process.execPath]
  const child = spawn(program, [...before, options.main ?? MAIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  onLines(child.stdout, line => {
    lines.push(line)
    options.onLine?.(line, signal => child.kill(signal))
    if (lines.length === options.closeAfter) child.stdout.destroy()
  })
  const ended = Promise.withResolvers<[number | null, NodeJS.Signals | null]>()
  child.once('close', (code, signal) => ended.resolve([code, signal]))
  const [code, signal] = await ended.promise
  return { code, signal, stderr, stdout: lines.join('\n'), messages: lines.map(parse) }
}

/** Calls back with each line, which ends at a line feed and nowhere else: readline also ends one at U+2028. */
function onLines(stream: Readable, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  stream.on('end', () => {
    if (rest !== '') take(rest)
  })
}

function parse(line: string): Printed {
  try {
    return JSON.parse(line)
  } catch {
    return { type: 'NOT JSON', line }
  }
}
