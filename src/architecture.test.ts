import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  type Floors,
  type Imports,
  importsAgainst,
  importsIn,
  readImports,
  roomOf,
} from './imports.testing.ts'

const GROUND = [
  'src/counted.ts',
  'src/durations.ts',
  'src/errors.ts',
  'src/json.ts',
  'src/json-text.ts',
  'src/optional.ts',
]
const HTTP_GROUND = [...GROUND, 'src/concurrency.ts', 'src/http/types.ts', 'src/http/environments.ts']
const ENGINE_GROUND = [...HTTP_GROUND, 'src/engine/time', 'src/engine/stream']
const CUSTOM_GROUND = [
  ...ENGINE_GROUND,
  'src/time-limit.ts',
  'src/config',
  'src/custom/config.ts',
  'src/custom/invalid.ts',
]
const LAYERS = ['src/http/memory-guard.ts', 'src/http/call-layers.ts']
const HTTP = ['src/http/wire', 'src/http/retry', 'src/http/sign-in', 'src/http', ...LAYERS]
const SYNC = ['src/engine/sync/job', 'src/engine/sync/slices', 'src/engine/sync']
const READING = ['src/engine/bytes', 'src/engine/evidence', 'src/engine/records', 'src/engine/fetch']

/** What each room may import beside itself, from the ground up: a room may only name rooms that come before it. A file stands
 *  in the innermost room that holds it. */
const FLOORS: Floors = {
  'src/counted.ts': [],
  'src/durations.ts': [],
  'src/errors.ts': [],
  'src/json.ts': [],
  'src/json-text.ts': ['src/json.ts'],
  'src/optional.ts': [],
  'src/concurrency.ts': [],
  'src/time-limit.ts': ['src/durations.ts', 'src/errors.ts'],
  'packages/airbyte-protocol': [],
  simulator: [],
  'package.json': [],

  'src/config': GROUND,
  'src/protocol': [...GROUND, 'packages/airbyte-protocol'],

  'src/http/types.ts': GROUND,
  'src/http/environments.ts': GROUND,
  'src/http/pace': HTTP_GROUND,
  'src/http/wire': HTTP_GROUND,
  'src/http/retry': HTTP_GROUND,
  'src/http/sign-in': HTTP_GROUND,
  'src/http/memory-guard.ts': GROUND,
  'src/http/call-layers.ts': [...HTTP_GROUND, 'src/http/memory-guard.ts', 'src/http/wire'],
  'src/http': [...HTTP_GROUND, 'src/http/pace', 'src/http/wire', 'src/http/retry', 'src/http/sign-in'],

  'src/engine/time': GROUND,
  'src/engine/stream': [...HTTP_GROUND, 'src/protocol', 'src/engine/time'],
  'src/engine/bytes': ENGINE_GROUND,
  'src/engine/evidence': [...ENGINE_GROUND, 'src/engine/bytes'],
  'src/engine/records': [...ENGINE_GROUND, 'src/engine/bytes'],
  'src/engine/fetch': [...ENGINE_GROUND, 'src/engine/bytes', 'src/engine/evidence'],
  'src/engine/state': [...ENGINE_GROUND, 'src/protocol', 'src/engine/evidence'],
  'src/engine/sync/job': [...ENGINE_GROUND, ...READING, 'src/engine/state'],
  'src/engine/sync/slices': [...ENGINE_GROUND, ...READING, 'src/engine/state', 'src/engine/sync/job'],
  'src/engine/sync': [
    ...ENGINE_GROUND,
    ...READING,
    'src/engine/state',
    'src/engine/sync/job',
    'src/engine/sync/slices',
    'src/http/call-layers.ts',
  ],
  'src/engine': [...ENGINE_GROUND, 'src/protocol', 'src/engine/records', 'src/engine/state', ...SYNC],

  'src/streams': [...GROUND, 'src/engine/time', 'src/engine/stream'],

  'src/survey/facts': [],
  'src/survey/facts.ts': ['src/survey/facts'],
  'src/survey/verdicts.ts': ['src/survey/facts', 'src/survey/facts.ts'],
  'src/survey/ask': [...ENGINE_GROUND, 'src/http', 'src/engine/records'],
  'src/survey/measure': [...ENGINE_GROUND, 'src/engine/fetch', 'src/survey/verdicts.ts', 'src/survey/ask'],
  'src/survey/judge': [
    ...ENGINE_GROUND,
    'src/survey/facts.ts',
    'src/survey/verdicts.ts',
    'src/survey/ask',
    'src/survey/measure',
  ],
  'src/survey': [
    ...ENGINE_GROUND,
    'src/survey/facts.ts',
    'src/survey/verdicts.ts',
    'src/survey/ask',
    'src/survey/measure',
    'src/survey/judge',
  ],

  'src/custom/config.ts': [...GROUND, 'src/config'],
  'src/custom/invalid.ts': GROUND,
  'src/custom/lookup': [...CUSTOM_GROUND, 'src/engine/sync/job'],
  'src/custom/response': [...CUSTOM_GROUND, 'src/engine/bytes', 'src/engine/fetch'],
  'src/custom/request': [...CUSTOM_GROUND, 'src/http/wire', 'src/custom/lookup', 'src/custom/response'],
  'src/custom/schema': [...CUSTOM_GROUND, 'src/custom/request'],
  'src/custom/suggest': [...CUSTOM_GROUND, 'src/custom/response'],
  'src/custom': [
    ...CUSTOM_GROUND,
    'src/custom/lookup',
    'src/custom/request',
    'src/custom/response',
    'src/custom/schema',
  ],

  'src/commands/runtime': [...HTTP_GROUND, ...HTTP, 'src/config', 'src/protocol', 'package.json'],
  'src/commands': [
    ...CUSTOM_GROUND,
    ...HTTP,
    ...READING,
    ...SYNC,
    'package.json',
    'packages/airbyte-protocol',
    'src/protocol',
    'src/engine/state',
    'src/engine',
    'src/streams',
    'src/custom/response',
    'src/custom/schema',
    'src/custom/suggest',
    'src/custom',
    'src/survey/facts',
    'src/survey/facts.ts',
    'src/survey/verdicts.ts',
    'src/survey/ask',
    'src/survey/measure',
    'src/survey',
    'src/commands/runtime',
  ],
  'src/cli.ts': ['src/commands', 'src/commands/runtime'],
}

const ONE_FILE_AN_AREA = /^src\/streams$|^simulator\/routes$|strict$/

const root = fileURLToPath(new URL('../', import.meta.url))
const files = globSync(['src/**/*.ts', 'packages/*/*.ts', 'simulator/**/*.ts'], { cwd: root }).filter(
  file => !file.endsWith('.test.ts') && !file.endsWith('testing.ts'),
)

const imports = new Map(
  [...readImports(['src/**/*.ts', 'packages/*/*.ts', 'simulator/**/*.ts'])].filter(
    ([file]) => !file.endsWith('.test.ts') && !file.endsWith('testing.ts'),
  ),
)

test('every import points down the floors of ARCHITECTURE.md, and never across', () => {
  assert.deepEqual(importsAgainst(FLOORS, imports), [])
})

const PLANTED = [
  { says: 'up', file: 'src/engine/time/spans.ts', source: "import type { Job } from '../sync/job/job.ts'" },
  { says: 'across', file: 'src/engine/fetch/pages.ts', source: "import '../records/filter.ts'" },
  { says: 'up in http', file: 'src/http/wire/axios.ts', source: "import '../retry/retry.ts'" },
  { says: 'up in custom', file: 'src/custom/response/csv.ts', source: "import '../compile.ts'" },
  { says: 'to Babelforce', file: 'src/engine/run.ts', source: "import '../streams/index.ts'" },
]

for (const { says, file, source } of PLANTED)
  test(`an import that points ${says} is found`, () => {
    const planted: Imports = new Map([[file, importsIn(file, source)]])
    assert.equal(importsAgainst(FLOORS, planted).length, 1)
  })

test('every file stands in a room, and every room has a file', () => {
  const rooms = Object.keys(FLOORS)
  const files = [...imports.keys(), 'package.json']
  assert.deepEqual(
    files.filter(file => roomOf(file, rooms) === undefined),
    [],
  )
  assert.deepEqual(
    rooms.filter(room => !files.some(file => roomOf(file, rooms) === room)),
    [],
  )
})

test('no folder holds more than 14 code files, but for those of one file an area', () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  const crowded = [...counts].filter(([folder, count]) => count > 14 && !ONE_FILE_AN_AREA.test(folder))
  assert.deepEqual(crowded, [])
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

function source(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function lines(file: string): number {
  return source(file).split('\n').length
}
