import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const GROUND = ['src/durations.ts', 'src/errors.ts', 'src/json.ts', 'src/json-text.ts', 'src/optional.ts']

/** What each room may import; a room may always import from itself. The order of the rooms is the order of floors. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/durations.ts': [],
  'src/errors.ts': [],
  'src/json.ts': [],
  'src/json-text.ts': ['src/json.ts'],
  'src/optional.ts': [],
  'src/concurrency.ts': [],
  'packages/airbyte-protocol': [],
  'src/config': [...GROUND],
  'src/http': ['src/concurrency.ts', ...GROUND],
  'src/protocol': ['packages/airbyte-protocol', ...GROUND],
  'src/engine': ['src/config', 'src/http', 'src/protocol', 'src/concurrency.ts', ...GROUND],
  'src/streams': ['src/engine', ...GROUND],
  'src/custom': ['src/engine', 'src/http', 'src/config', ...GROUND],
  'src/survey': ['src/engine', 'src/http', ...GROUND],
  'src/commands': [
    'src/survey',
    'src/streams',
    'src/custom',
    'src/engine',
    'src/config',
    'src/http',
    'src/protocol',
    'packages/airbyte-protocol',
    ...GROUND,
    'package.json',
  ],
  'src/cli.ts': ['src/commands'],
  simulator: [],
}

const root = fileURLToPath(new URL('../', import.meta.url))
const files = globSync(['src/**/*.ts', 'packages/*/*.ts', 'simulator/**/*.ts'], { cwd: root }).filter(
  file => !file.endsWith('.test.ts') && !file.endsWith('testing.ts'),
)

test('every import points down the floors of ARCHITECTURE.md, and never across', () => {
  const wrong = files.flatMap(file =>
    importsOf(file)
      .filter(target => !isAllowed(roomOf(file), roomOf(target)))
      .map(target => `${file} imports ${target}`),
  )
  assert.deepEqual(wrong, [])
})

test('every file stands in a room', () => {
  assert.deepEqual(
    files.filter(file => roomOf(file) === undefined),
    [],
  )
})

test('no source file is longer than 200 lines', () => {
  const long = files.filter(
    file => !/\.generated\.ts$|airbyte-protocol\/index\.ts$/.test(file) && lines(file) > 200,
  )
  assert.deepEqual(long, [])
})

test('only the output writes to stdout, and only axios.ts knows axios', () => {
  const mentions = (pattern: RegExp) =>
    files.filter(file => file.startsWith('src/') && pattern.test(source(file)))
  assert.deepEqual(mentions(/process\.stdout|console\./), ['src/cli.ts', 'src/commands/runtime/program.ts'])
  assert.deepEqual(mentions(/from 'axios'|import\('axios'\)/), ['src/http/wire/axios.ts'])
})

function isAllowed(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return false
  return from === to || (MAY_IMPORT[from]?.includes(to) ?? false)
}

function roomOf(file: string): string | undefined {
  return [...Object.keys(MAY_IMPORT), 'package.json'].find(
    room => file === room || file.startsWith(`${room}/`),
  )
}

/** The project files that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const found = source(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].flatMap(([, target = '']) => {
    if (target.startsWith('@airbyte-protocol/types')) return ['packages/airbyte-protocol/index.ts']
    return target.startsWith('.') ? [normalize(join(dirname(file), target))] : []
  })
}

function source(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function lines(file: string): number {
  return source(file).split('\n').length
}
