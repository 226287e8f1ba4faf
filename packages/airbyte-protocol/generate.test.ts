import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import { generateProtocolTypes } from './generate.ts'
import type { AirbyteLogMessage, AirbyteRecordMessage, AirbyteStateBlob, AirbyteStream } from './index.ts'
import schema from './protocol.schema.json' with { type: 'json' }

let text: string
let path: string

before(async () => {
  ;({ text, path } = await generateProtocolTypes())
})

test('index.ts is what the schema generates', async () => {
  assert.equal(await readFile(new URL('./index.ts', import.meta.url), 'utf8'), text, 'Run npm run generate.')
})

test('the path of index.ts counts from the root of the repository', () => {
  assert.equal(path, 'packages/airbyte-protocol/index.ts')
})

test('the file says that it is generated, and how', () => {
  assert.match(text.split('\n')[0] ?? '', /^\/\/ Generated .* `npm run generate`/)
})

test('every definition becomes one exported type, and no name is numbered', () => {
  const names = [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name)
  assert.deepEqual(names.sort(), ['AirbyteProtocol', ...Object.keys(schema.definitions)].sort())
})

test('a misspelt field does not compile', () => {
  // @ts-expect-error: the field is stack_trace
  const log: AirbyteLogMessage = { level: 'INFO', message: 'ready', stacktrace: '' }
  // @ts-expect-error: the level is WARN
  const warning: AirbyteLogMessage = { level: 'WARNING', message: 'slow' }
  // @ts-expect-error: a stream has at least one sync mode
  const stream: AirbyteStream = { name: 'calls', json_schema: {}, supported_sync_modes: [] }
  assert.ok(log && warning && stream)
})

test('free-form objects take any field', () => {
  const record: AirbyteRecordMessage = { stream: 'calls', data: { id: 'c1', tags: [null] }, emitted_at: 1 }
  const blob: AirbyteStateBlob = { version: 1, spans: [] }
  assert.ok(record && blob)
})
