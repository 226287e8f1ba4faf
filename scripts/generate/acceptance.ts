import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expectedLines } from '../../integration_tests/acceptance/expected.ts'
import { formAsText } from '../../integration_tests/acceptance/form.ts'
import { startWorld } from '../../integration_tests/acceptance/world.ts'
import { runProgram } from '../../integration_tests/harness/program.ts'
import type { StreamDef } from '../../src/engine/stream/definition.ts'
import { STREAMS } from '../../src/streams/index.ts'

/** Streams that the world of the acceptance tests has no records of. */
const EMPTY = ['call_flows', 'current_agent_conference', 'sub_accounts']
const FOLDER = 'integration_tests/acceptance'
const START = '2026-01-01T00:00:00.000Z'

const OFFERED = STREAMS.filter(
  def => def.hidden !== true && def.onlyIf === undefined && !EMPTY.includes(def.name),
)
const INCREMENTAL = OFFERED.filter(def => def.incremental !== undefined)

/** The fixtures of the acceptance tests that follow from the spec and the streams. */
export const ACCEPTANCE_FIXTURES: ReadonlyArray<() => Promise<{ path: string; text: string }>> = [
  async () => file('spec.json', await readSpec()),
  async () => ({ path: `${FOLDER}/form.txt`, text: formAsText(await readSpec()) }),
  async () => file('configured_catalog.json', catalogOf(OFFERED, 'full_refresh')),
  async () => file('incremental_catalog.json', catalogOf(INCREMENTAL, 'incremental')),
  async () => file('sample_state.json', statesAt('2026-04-28T00:00:00.000Z')),
  async () => file('future_state.json', statesAt('2999-01-01T00:00:00.000Z')),
  async () => ({ path: `${FOLDER}/expected_records.jsonl`, text: `${(await readExpected()).join('\n')}\n` }),
]

/** Reads every stream of the tests' world with the connector as its source stands. */
async function readExpected(): Promise<string[]> {
  await using simulator = await startWorld()
  const config = JSON.parse(await readFile(new URL(`../../${FOLDER}/config.json`, import.meta.url), 'utf8'))
  const files = {
    'config.json': { ...config, base_url: simulator.url },
    'catalog.json': catalogOf(OFFERED, 'full_refresh'),
  }
  const main = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const ended = await runProgram(['read', '--config', 'config.json', '--catalog', 'catalog.json'], {
    files,
    main,
  })
  if (ended.code !== 0)
    throw new Error(`The connector ended with ${ended.code}: ${ended.stderr}${ended.stdout.slice(-2000)}`)
  return expectedLines(
    ended,
    OFFERED.map(({ name }) => name),
  )
}

async function readSpec(): Promise<object> {
  return JSON.parse(await readFile(new URL('../../src/config/spec.json', import.meta.url), 'utf8'))
}

function catalogOf(defs: readonly StreamDef[], mode: string): object {
  const streams = defs.map(({ name, incremental }) => ({
    stream: {
      name,
      json_schema: { type: 'object', properties: {} },
      supported_sync_modes: incremental === undefined ? ['full_refresh'] : ['full_refresh', 'incremental'],
    },
    sync_mode: mode,
    destination_sync_mode: 'append',
  }))
  return { streams }
}

/** The states of all incremental streams that have read everything up to this moment. */
function statesAt(cursor: string): object {
  return INCREMENTAL.map(({ name, incremental }) => ({
    type: 'STREAM',
    stream: {
      stream_descriptor: { name },
      stream_state: {
        version: 1,
        cursor,
        ...(incremental?.strategy === 'filtered' ? {} : { closed: [[START, cursor]] }),
      },
    },
  }))
}

function file(name: string, content: unknown): { path: string; text: string } {
  const text = Array.isArray(content)
    ? `[\n${content.map(one => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`
    : `${JSON.stringify(content, undefined, name === 'spec.json' ? 2 : 1)}\n`
  return { path: `${FOLDER}/${name}`, text }
}
