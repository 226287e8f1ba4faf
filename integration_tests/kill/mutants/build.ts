import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Case } from '../cases/case.ts'

/** A bug, as texts of source files and what they become. */
export interface Mutant {
  readonly says: string
  /** Each: a file of src, a text in it, and the text instead. */
  readonly changes: readonly (readonly [file: string, text: string, instead: string])[]
  /** What of a case is set so that the bug can show. */
  readonly fixed: Partial<Case>
}

/** Where the sources are; SOURCE in the environment names another checkout. */
const ROOT = process.env['SOURCE'] ?? fileURLToPath(new URL('../../../', import.meta.url))
/** What a build needs beside node_modules. */
const NEEDED = [
  'src',
  'schemas',
  'packages',
  'scripts/build.ts',
  'scripts/licences.ts',
  'package.json',
  'tsconfig.json',
]

/** A program with a bug, and an end to it. */
export interface Build extends AsyncDisposable {
  readonly main: string
}

/** Builds the program with these changes, in a folder of its own. Throws when a text to change is no longer there. */
export async function buildMutant({ says, changes }: Mutant): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), 'mutant-'))
  await mkdir(join(folder, 'scripts'))
  for (const name of NEEDED) await cp(join(ROOT, name), join(folder, name), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const [file, text, instead] of changes) {
    const path = join(folder, 'src', file)
    const source = await readFile(path, 'utf8')
    if (source.split(text).length !== 2)
      throw new Error(`The bug "${says}" is out of date: ${file} no longer holds once\n${text}`)
    await writeFile(
      path,
      source.replace(text, () => instead),
    )
  }
  await promisify(execFile)(process.execPath, ['scripts/build.ts'], { cwd: folder })
  return {
    main: join(folder, 'dist/main.mjs'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
