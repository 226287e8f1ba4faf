import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { reply } from '../http/testing.ts'
import type { JsonObject } from '../json.ts'
import { createOutput } from '../protocol/output.ts'
import { pageOf } from './lists-testing.ts'
import { planJobs } from './plan.ts'
import { compileStream } from './records/compile.ts'
import { runPlan } from './run.ts'
import type { StreamDef } from './stream/definition.ts'
import { type Api, createWorld, listRoute, NOW, SETTINGS, things } from './testing.ts'

const streamOf = (name: string) => things({ name, routes: [listRoute({ path: `/${name}` })] })
const schema = { properties: { id: { type: 'string' }, count: { type: 'integer' } } }

/** Runs these streams, and tells what came out in short: the kind of each message, with its stream and what matters. */
async function run(names: readonly string[], api: Api, concurrency = 1) {
  const chunks: string[] = []
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    chunks.push(chunk.toString('utf8'))
    done()
  }
  const output = createOutput(new Writable({ write }), () => undefined)
  const { engine, lines } = createWorld(api, { concurrency })
  const find = (name: string): StreamDef | undefined => (name === 'nobody' ? undefined : streamOf(name))
  let stops = 0
  const selected = names.map(name => ({ name, mode: 'full_refresh' as const }))
  const finished = await runPlan(
    planJobs(selected, { find, stateOf: () => undefined, settings: SETTINGS, warn: () => undefined }),
    {
      engine,
      find,
      output,
      mask: text => text.replaceAll('geheim', '****'),
      now: () => NOW,
      compile: async def => compileStream(def, schema, false),
      stop: () => stops++,
      onStart: () => undefined,
      requestsOf: () => 7,
      mostInFlight: () => 3,
    },
  )
  await output.flush()
  const messages: JsonObject[] = chunks
    .join('')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  return { finished, stops, lines, said: messages.map(inShort) }
}

/** biome-ignore lint/suspicious/noExplicitAny: a message of any kind. */
function inShort(message: any): string {
  const { type, trace, state, record } = message
  if (type === 'RECORD') return `${record.stream} RECORD`
  if (type === 'STATE') return `${state.stream.stream_descriptor.name} STATE`
  if (trace.type === 'STREAM_STATUS')
    return `${trace.stream_status.stream_descriptor.name} ${trace.stream_status.status}`
  const { failure_type, stream_descriptor } = trace.error
  return `${stream_descriptor?.name ?? 'all'} ${failure_type}`
}

const good: Api = request => pageOf([{ id: 'x' }], request)
const answering =
  (bad: Readonly<Record<string, number>>): Api =>
  (request, index) => {
    const status = bad[request.path]
    return status === undefined ? good(request, index) : reply(status, { message: 'geheim' })
  }

test('a stream says STARTED, RUNNING, its records, STATE and COMPLETE in this order', async () => {
  const { said, finished, lines } = await run(['a'], good)
  assert.deepEqual(said, ['a STARTED', 'a RUNNING', 'a RECORD', 'a STATE', 'a COMPLETE'])
  assert.equal(finished, true)
  assert.deepEqual(lines, ['INFO a: 1 record in 7 requests, up to 3 at a time, 0.0 s.'])
})

test('a stream without records is complete too', async () => {
  const { said } = await run(['a'], request => pageOf([], request))
  assert.deepEqual(said, ['a STARTED', 'a STATE', 'a COMPLETE'])
})

test('one bad stream does not stop the others, and the run has not finished', async () => {
  const { said, finished, stops } = await run(['a', 'b'], answering({ '/a': 400 }))
  assert.deepEqual(said.slice(0, 3), ['a STARTED', 'a system_error', 'a INCOMPLETE'])
  assert.equal(said.at(-1), 'b COMPLETE')
  assert.deepEqual({ finished, stops }, { finished: false, stops: 0 })
})

test('what the user must fix is said last: the platform takes the first error for the verdict', async () => {
  const { said, finished } = await run(['nobody', 'a', 'b', 'c'], answering({ '/a': 403, '/b': 500 }))
  const errors = said.filter(one => one.endsWith('_error'))
  assert.deepEqual(errors, ['b transient_error', 'nobody config_error', 'a config_error'])
  assert.deepEqual(said.slice(-2), ['nobody config_error', 'a config_error'])
  assert.ok(said.includes('c COMPLETE'))
  assert.equal(finished, false)
})

test('when nothing can succeed any more, all streams are stopped, and it is said once, for all', async () => {
  const { said, finished, stops } = await run(
    ['a', 'b', 'c'],
    answering({ '/a': 401, '/b': 401, '/c': 401 }),
    3,
  )
  assert.deepEqual(
    said.filter(one => one.endsWith('_error')),
    ['all config_error'],
  )
  assert.equal(said.at(-1), 'all config_error')
  assert.deepEqual(said.filter(one => one.endsWith(' INCOMPLETE')).length, 3)
  assert.deepEqual({ finished, stops }, { finished: false, stops: 1 })
})

test('what was left out is said in words, as a warning where records cannot be emitted', async () => {
  const list = [{ id: 'x' }, { id: 'x' }, { name: 'keyless' }]
  const { lines } = await run(['a'], request => pageOf(list, request, { leavesOut: ['total'] }))
  assert.deepEqual(lines, [
    'WARN a: 1 record in 7 requests, up to 3 at a time, 0.0 s; 1 came twice and was emitted once; 1 has no key or is not an object, and cannot be emitted.',
  ])
})

test('values that do not fit their column are said by column', async () => {
  const list = [
    { id: 'x', count: 'many' },
    { id: 'y', count: 'few' },
  ]
  const { lines } = await run(['a'], request => pageOf(list, request))
  assert.equal(
    lines.at(-1),
    'WARN a: 2 values of count do not fit their column; they are in additional_fields.',
  )
})

test('a single value that does not fit is told as one', async () => {
  const list = [{ id: 'x', count: 'many' }]
  const { lines } = await run(['a'], request => pageOf(list, request))
  assert.equal(lines.at(-1), 'WARN a: 1 value of count does not fit its column; it is in additional_fields.')
})

test('a key in another spelling is brought into its column, and the record comes once', async () => {
  const list = [{ id: 1 }, { id: '1' }, { id: 2 }]
  const { said, finished } = await run(['a'], request => pageOf(list, request, { leavesOut: ['total'] }))
  assert.deepEqual(said, ['a STARTED', 'a RUNNING', 'a RECORD', 'a RECORD', 'a STATE', 'a COMPLETE'])
  assert.equal(finished, true)
})

test('a record whose key does not fit its column is refused aloud: the others go out, and the stream is not complete', async () => {
  const list = [{ id: 'x' }, { id: { a: 1 } }, { id: 'y' }]
  const { said, lines, finished } = await run(['a'], request => pageOf(list, request))
  const [started, running, ...rest] = said
  assert.deepEqual([started, running], ['a STARTED', 'a RUNNING'])
  assert.deepEqual(rest, ['a RECORD', 'a RECORD', 'a STATE', 'a system_error', 'a INCOMPLETE'])
  assert.match(
    lines.at(-1) ?? '',
    /^WARN a: 2 records .* 1 has a key that does not fit its column, and was not emitted\.$/,
  )
  assert.equal(finished, false)
})

test('an error that nobody foresaw ends its stream only', async () => {
  const { said } = await run(['a', 'b'], (request, index) => {
    if (request.path === '/a') throw new TypeError('oops')
    return good(request, index)
  })
  assert.deepEqual(
    said.filter(one => one.startsWith('a ')),
    ['a STARTED', 'a system_error', 'a INCOMPLETE'],
  )
  assert.equal(said.at(-1), 'b COMPLETE')
})
