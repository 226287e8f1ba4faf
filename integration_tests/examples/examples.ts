import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { advance, configFor, idsOf } from '../harness/sync.ts'

/** Runs the examples with the tools that they are for. TOOLS is a folder with a virtual environment for each of them, made of
 *  the example's requirements.txt: `.ci/examples` makes it. */
const TOOLS = process.env['TOOLS'] ?? ''
const HOUR_MS = 3_600_000

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const tool = (example: string, program: string) => join(TOOLS, example, 'bin', program)

// The world's clock stands still while it is read and counted, and is behind, so that no call is too young.
let now = Date.now() - 2 * HOUR_MS
let simulator: Simulator
let folder: string
before(async () => {
  simulator = await startSimulator({ calls: 400, agents: 20, days: 20, now: () => now })
  folder = await mkdtemp(join(tmpdir(), 'examples-'))
  const start_date = new Date(now - 45 * 24 * HOUR_MS).toISOString().replace(/\.\d+/, '')
  await writeFile(join(folder, 'config.json'), JSON.stringify(configFor(simulator, { start_date })))
})
after(async () => {
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a program to its end; rejects where it fails. Resolves to all that it printed. */
async function run(program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, DO_NOT_TRACK: '1', AIRBYTE_OFFLINE_MODE: '1', ...more }
  const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: folder, env, maxBuffer: 1e9 })
  return `${stdout}${stderr}`
}

/** The streams of a manifest that `sync` wrote into a folder. */
async function manifestOf(into: string) {
  return JSON.parse(await readFile(join(into, 'manifest.json'), 'utf8')).streams
}

async function idsIn(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  return [...new Set(lines.map(line => JSON.parse(line).id))].sort()
}

async function later(calls: number): Promise<void> {
  await advance(simulator, `calls=${calls}`)
  now += HOUR_MS
}

describe('Dagster', () => {
  const file = path('examples/dagster/babelforce.py')
  const materialize = (home: string, ...args: readonly string[]) =>
    run(tool('dagster', 'dagster'), ['asset', 'materialize', '-f', file, ...args], {
      DAGSTER_HOME: home,
      BABELFORCE_CONFIG: join(folder, 'config.json'),
      BABELFORCE_DATA: join(folder, 'dagster'),
    })
  const month = () => new Date(now).toISOString().slice(0, 7)

  test('one asset alone, then all of its kind, then those that are read whole', async () => {
    const home = join(folder, 'home')
    await mkdir(home)
    const into = join(folder, 'dagster', month())
    await materialize(home, '--select', 'calls', '--partition', `${month()}-01`)
    assert.deepEqual(Object.keys(await manifestOf(into)), ['calls'])
    await materialize(home, '--select', 'calls,call_records,total_calls', '--partition', `${month()}-01`)
    assert.deepEqual(Object.keys(await manifestOf(into)).sort(), ['call_records', 'calls', 'total_calls'])
    await materialize(home, '--select', 'agents,queues,users,outbound_lists')
    const { agents } = await manifestOf(join(folder, 'dagster/whole'))
    assert.equal(agents.last_sync.records, (await idsOf(simulator, 'agents')).length)
  })
})

test('Airflow: a run of the DAG reads everything, and a second one what is new', async () => {
  const data = join(folder, 'airflow-data')
  const more = {
    AIRFLOW_HOME: join(folder, 'airflow'),
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__DAGS_FOLDER: path('examples/airflow'),
    BABELFORCE_PROJECT: path('.'),
    BABELFORCE_CONFIG: join(folder, 'config.json'),
    BABELFORCE_DATA: data,
  }
  await run(tool('airflow', 'airflow'), ['db', 'migrate'], more)
  const dag = () => run(tool('airflow', 'airflow'), ['dags', 'test', 'babelforce'], more)
  await dag()
  assert.equal((await manifestOf(data)).calls.last_sync.records, (await idsOf(simulator, 'calls')).length)
  await later(25)
  await dag()
  const { files } = (await manifestOf(data)).calls
  const found = await Promise.all(files.map(({ path }: { path: string }) => idsIn(join(data, path))))
  assert.deepEqual([...new Set(found.flat())].sort(), (await idsOf(simulator, 'calls')).toSorted())
})

test('Meltano: a run fills a file per stream, and a second one adds what is new', async () => {
  const project = join(folder, 'meltano')
  await cp(path('examples/meltano'), project, { recursive: true })
  const more = {
    MELTANO_PROJECT_ROOT: project,
    TAP_BABELFORCE_PROGRAM: `${process.execPath} ${path('dist/main.mjs')}`,
    TAP_BABELFORCE_BASE_URL: simulator.url,
    TAP_BABELFORCE_CREDENTIALS_USERNAME: 'demo@example.com',
    TAP_BABELFORCE_CREDENTIALS_PASSWORD: 'demo-password',
  }
  const meltano = (...args: readonly string[]) => run(tool('meltano', 'meltano'), args, more)
  await meltano('install')
  const first = await meltano('run', 'tap-babelforce', 'target-jsonl')
  assert.match(first, /Run completed/)
  const calls = join(project, 'output/calls.jsonl')
  assert.deepEqual(await idsIn(calls), (await idsOf(simulator, 'calls')).toSorted())
  await later(25)
  const before = readFileSync(calls, 'utf8').split('\n').length
  await meltano('run', 'tap-babelforce', 'target-jsonl')
  assert.deepEqual(await idsIn(calls), (await idsOf(simulator, 'calls')).toSorted())
  const more_lines = readFileSync(calls, 'utf8').split('\n').length - before
  assert.ok(more_lines >= 25 && more_lines < before, `${more_lines} lines more`)
})

/** What people do with PyAirbyte besides a sync, each by itself; `source` is there. */
const PYAIRBYTE = [
  { says: 'whole reads', code: "print(len(list(source.get_records('agents'))))", prints: /^20$/m },
  {
    says: 'reads with a limit',
    code: "print(len(list(source.get_records('calls', limit=5))))",
    prints: /^5$/m,
  },
  {
    says: 'samples',
    code: "print(len(source.get_samples(['calls'], limit=3, on_error='raise')['calls']))",
    prints: /^3$/m,
  },
]

describe('PyAirbyte', () => {
  for (const { says, code, prints } of PYAIRBYTE) {
    test(`${says} end without a traceback`, async () => {
      const executable = JSON.stringify(path('dist/main.mjs'))
      const open = `ab.get_source('babelforce', config=json.load(open('config.json')), local_executable=pathlib.Path(${executable}), install_if_missing=False)`
      const script = `import json, pathlib\nimport airbyte as ab\nsource = ${open}\n${code}`
      const said = await run(tool('pyairbyte', 'python'), ['-c', script])
      assert.match(said, prints)
      assert.doesNotMatch(said, /Traceback/)
    })
  }

  test('the script fills tables that are as large as the world, and phone numbers keep their plus', async () => {
    const database = join(folder, 'babelforce.duckdb')
    const args = ['--executable', path('dist/main.mjs'), '--config', 'config.json', '--database', database]
    const said = await run(tool('pyairbyte', 'python'), [path('examples/pyairbyte/sync.py'), ...args])
    const { length } = await idsOf(simulator, 'calls')
    assert.ok(said.includes(`calls: ${length} rows in `), said.slice(-500))
    const query = "select count(*) from main.agents where number like '+%'"
    const count = `import duckdb\nopen = duckdb.connect(${JSON.stringify(database)})\nprint(open.sql(${JSON.stringify(query)}).fetchone()[0])`
    assert.notEqual((await run(tool('pyairbyte', 'python'), ['-c', count])).trim(), '0')
  })
})
