import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Ended, type Printed, runProgram } from '../harness/program.ts'

/** The image to test; undefined where the built program is tested instead. */
const IMAGE = process.env['IMAGE']

/** Runs the connector with these files in its working directory: the image that IMAGE names, else the built program. */
export function run(args: readonly string[], files: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
  return IMAGE === undefined ? runProgram(args, { files }) : runImage(IMAGE, args, files)
}

async function runImage(image: string, args: readonly string[], files: Readonly<Record<string, unknown>>) {
  const folder = await mkdtemp(join(tmpdir(), 'source-babelforce-'))
  try {
    await chmod(folder, 0o755)
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), JSON.stringify(content))
    }
    const mount = ['--volume', `${folder}:/config:ro`, '--workdir', '/config']
    return await ended('docker', ['run', '--rm', '--network', 'host', ...mount, image, ...args])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a program to its end, and reads its stdout as protocol messages. */
async function ended(program: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  createInterface({ input: child.stdout }).on('line', line => lines.push(line))
  const closed = Promise.withResolvers<[number | null, NodeJS.Signals | null]>()
  child.once('error', closed.reject)
  child.once('close', (code, signal) => closed.resolve([code, signal]))
  const [code, signal] = await closed.promise
  return { code, signal, stderr, stdout: lines.join('\n'), messages: lines.map(parse) }
}

function parse(line: string): Printed {
  try {
    return JSON.parse(line)
  } catch {
    return { type: 'NOT JSON', line }
  }
}
