import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { MAIN, type Printed } from './program.ts'

/** A directory with a config, and the folder that `sync` writes to. */
export interface SyncFolder extends AsyncDisposable {
  readonly path: string
  /** Runs `sync` in the directory, by default to its end. */
  sync(args: readonly string[], options?: SyncRun): Promise<SyncEnd>
  read(name: string): Promise<string>
  write(name: string, text: string): Promise<void>
}

/** How `sync` is run. */
interface SyncRun {
  readonly env?: Readonly<Record<string, string>>
  /** Ends the process when what this returns, called at its first word on stderr, is settled. */
  readonly kill?: { readonly signal: NodeJS.Signals; readonly at: () => Promise<unknown> }
  /** Called with what it says on stderr. */
  readonly onStderr?: (text: string) => void
}

/** How it ended. */
interface SyncEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** An empty directory with this config. */
export async function makeFolder(config: object): Promise<SyncFolder> {
  const cwd = await mkdtemp(join(tmpdir(), "sync [it's] "))
  await writeFile(join(cwd, 'config.json'), JSON.stringify(config))
  return {
    path: join(cwd, 'data'),
    sync: (args, options = {}) => run(['sync', '--config', 'config.json', ...args], cwd, options),
    read: name => readFile(join(cwd, name), 'utf8'),
    write: (name, text) => writeFile(join(cwd, name), text),
    [Symbol.asyncDispose]: () => rm(cwd, { recursive: true, force: true }),
  }
}

async function run(args: readonly string[], cwd: string, { env, kill, onStderr }: SyncRun): Promise<SyncEnd> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', text => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    if (said.stderr === '' && kill !== undefined) void kill.at().then(() => child.kill(kill.signal))
    said.stderr += text
    onStderr?.(text)
  })
  const ended = Promise.withResolvers<[number | null, NodeJS.Signals | null]>()
  child.once('close', (code, signal) => ended.resolve([code, signal]))
  const [code, signal] = await ended.promise
  return { code, signal, ...said }
}

/** Resolves when a state counts records of an unfinished file. */
export async function partSaved({ path }: Pick<SyncFolder, 'path'>): Promise<void> {
  for (;;) {
    const text = await readFile(join(path, 'state.json'), 'utf8').catch(() => '')
    if (/"part":[^}]*"records":[1-9]/.test(text)) return
    await new Promise(done => setTimeout(done, 10))
  }
}

/** The manifest of a folder. */
export async function manifestOf({ path }: Pick<SyncFolder, 'path'>): Promise<Printed> {
  return JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'))
}

/** What is wrong with the files of a folder: one that is not as the manifest lists it, or that is not JSON lines. */
export async function flawsOf(folder: Pick<SyncFolder, 'path'>): Promise<string[]> {
  const { streams } = await manifestOf(folder)
  const files = Object.values<Printed>(streams).flatMap(stream => stream.files)
  const flaws = await Promise.all(files.map(file => flawsIn(join(folder.path, file.path), file)))
  return flaws.flat()
}

async function flawsIn(path: string, { bytes, records }: Printed): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found?.size !== bytes) return [`${path} has ${found?.size} bytes, the manifest says ${bytes}`]
  const lines = linesOf(path, await readFile(path))
  if (lines.length !== records) return [`${path} has ${lines.length} lines, the manifest says ${records}`]
  return lines.some(line => typeof JSON.parse(line)._extracted_at !== 'string') ? [`${path}: no moment`] : []
}

function linesOf(path: string, bytes: Buffer): string[] {
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

/** Runs queries on the views of a folder, as DuckDB reads them. Returns the rows of each. */
export async function queryViews(
  { path }: Pick<SyncFolder, 'path'>,
  queries: readonly string[],
): Promise<Printed[][]> {
  const instance = await DuckDBInstance.create(':memory:')
  const database = await instance.connect()
  try {
    await database.run(await readFile(join(path, 'views.sql'), 'utf8'))
    const rows: Printed[][] = []
    for (const query of queries) rows.push((await database.runAndReadAll(query)).getRowsJson() as Printed[])
    return rows
  } finally {
    database.closeSync()
    instance.closeSync()
  }
}

/** The ids in the view of a stream, sorted. */
export async function idsInView(folder: Pick<SyncFolder, 'path'>, stream: string): Promise<string[]> {
  const [rows = []] = await queryViews(folder, [`SELECT id FROM "${stream}" ORDER BY id`])
  return rows.map(([id]) => id)
}
