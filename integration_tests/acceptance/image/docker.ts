import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The image under test. Throws where IMAGE does not name one. */
export function image(): string {
  const name = process.env['IMAGE']
  if (name === undefined) throw new Error('Set IMAGE to the image to test, such as name/of-it:dev.')
  return name
}

/** The security context of Airbyte's pods and more: nothing may be written but /tmp, and 256 MB must do. */
export const HARDENED = [
  ...['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
  ...['--user', '1000:1000', '--memory', '256m', '--network', 'host'],
]

/** How a docker command ended. `lines` are of stdout. */
export interface Done {
  readonly code: number | null
  readonly lines: readonly string[]
  readonly stderr: string
}

/** Runs docker to its end. A line that `keep` refuses is not held: reads are long. */
export async function docker(
  args: readonly string[],
  onLine: (line: string) => boolean = () => true,
): Promise<Done> {
  const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  createInterface({ input: child.stdout }).on('line', line => {
    if (onLine(line)) lines.push(line)
  })
  const closed = Promise.withResolvers<number | null>()
  child.once('error', closed.reject)
  child.once('close', closed.resolve)
  const code = await closed.promise
  return { code, lines, stderr }
}

/** A folder that any user in a container can read and write. Gone when disposed of. */
export interface Folder extends AsyncDisposable {
  readonly path: string
  /** Adds a file. */
  write(name: string, content: string): Promise<void>
}

/** A folder with these files, as JSON. */
export async function folderWith(files: Readonly<Record<string, unknown>>): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'source-babelforce-'))
  await chmod(path, 0o777)
  const write = (name: string, content: string) => writeFile(join(path, name), content)
  for (const [name, content] of Object.entries(files)) await write(name, JSON.stringify(content))
  return { path, write, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
