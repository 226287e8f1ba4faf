import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What tests of sources read beside node_modules. */
const NEEDED = ['src', 'schemas', 'packages', 'simulator', 'scripts', 'docs', 'package.json', 'tsconfig.json']

/** How tests ended. */
export type Outcome = 'passed' | 'failed' | 'timed out'

/** A copy of the project in which files are changed and tests run. */
export interface Copy extends AsyncDisposable {
  /** Runs these tests while a file holds this text; undefined for the file as it is. Ends with the first that fails. */
  run(tests: readonly string[], timeoutMs: number, file?: string, text?: string): Promise<Outcome>
}

/** A copy in a folder of its own, gone when disposed of. */
export async function createCopy(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'mutate-'))
  for (const name of NEEDED) await cp(join(ROOT, name), join(folder, name), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return {
    async run(tests, timeoutMs, file, text) {
      if (file === undefined || text === undefined) return runTests(folder, tests, timeoutMs)
      const path = join(folder, file)
      const before = await readFile(path)
      await writeFile(path, text)
      try {
        return await runTests(folder, tests, timeoutMs)
      } finally {
        await writeFile(path, before)
      }
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** In a group of its own, so that whatever the tests started ends with them. */
function runTests(folder: string, tests: readonly string[], timeoutMs: number): Promise<Outcome> {
  // No reporter and no parent's hands: a test runner that is told of another one reports to it instead.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=dot', ...tests], {
    cwd: folder,
    env: { ...env, MUTATED: '1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const timedOut = Promise.withResolvers<Outcome>()
  const timer = setTimeout(() => timedOut.resolve('timed out'), timeoutMs)
  const ended = new Promise<Outcome>(done => {
    child.once('close', code => done(code === 0 ? 'passed' : 'failed'))
    // The reporter writes a dot for each test that passes.
    child.stdout.on('data', (dots: Buffer) => dots.includes('X') && done('failed'))
  })
  return Promise.race([ended, timedOut.promise]).finally(() => {
    clearTimeout(timer)
    endGroup(child)
  })
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
