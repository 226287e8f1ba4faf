import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { configError } from '../../../errors.ts'
import { callsBetween, pageOf, serveCalls } from '../../lists-testing.ts'
import { byTime, type StreamDef } from '../../stream/definition.ts'
import type { Lookup } from '../../stream/lookup.ts'
import type { Mistakes } from '../../stream/mistakes.ts'
import { CALLS, createWorld, DAY, HOUR, listRoute, NOW, read, things } from '../../testing.ts'
import { createPartitions } from './partitions.ts'

const rowsOf = (name: string, count: number): Lookup => ({
  rows: Array.from({ length: count }, (_, index) => ({ [name]: String(index) })),
})
const lists = things({ name: 'lists', routes: [listRoute({ path: '/lists' })] })

async function listOf(child: StreamDef, records: readonly object[]) {
  const { engine } = createWorld(() => pageOf([], { method: 'GET', path: '/' }))
  const parents = createPartitions(
    name => (name === 'lists' ? lists : undefined),
    engine,
    async (_, sink) => {
      await sink(records.map(json => ({ json: { ...json } })))
      return { error: undefined, shortages: [] }
    },
  )
  return parents(child)
}

async function partsOf(child: Partial<StreamDef>, records: readonly object[] = []) {
  return (await listOf(things(child), records)).slices.map(({ parent }) => parent)
}

test('a stream has a part for each row of its lookup', async () => {
  assert.deepEqual(await partsOf({ lookups: [rowsOf('a.x', 2)] }), [{ 'a.x': '0' }, { 'a.x': '1' }])
})

test('two lookups multiply, and a lookup without rows leaves nothing to read', async () => {
  assert.equal((await partsOf({ lookups: [rowsOf('a.x', 3), rowsOf('b.y', 4)] })).length, 12)
  assert.deepEqual(await partsOf({ lookups: [rowsOf('a.x', 3), rowsOf('b.y', 0)] }), [])
})

test('lookups that multiply beyond the limit are refused before anything is asked', async () => {
  await assert.rejects(partsOf({ lookups: [rowsOf('a.x', 101), rowsOf('b.y', 100)] }), {
    failure: 'config_error',
    message: /multiply to 10100 requests, where 10000 are allowed/,
  })
  assert.equal((await partsOf({ lookups: [rowsOf('a.x', 100), rowsOf('b.y', 100)] })).length, 10_000)
  assert.equal(
    (await partsOf({ lookups: [rowsOf('a.x', 10_001)] })).length,
    10_001,
    'one lookup may be as long as it is',
  )
})

test('fields of one record stay together, the same twice is one part, and who lacks one is none', async () => {
  const fields = [
    { field: 'id', as: 'parent.id' },
    { field: 'kind', as: 'parent.kind' },
  ]
  const records = [
    { id: 1, kind: 'a' },
    { id: 1, kind: 'b' },
    { id: 1, kind: 'a' },
    { id: 2 },
    { id: 3, kind: { x: 1 } },
  ]
  assert.deepEqual(await partsOf({ lookups: [{ stream: 'lists', fields }] }, records), [
    { 'parent.id': '1', 'parent.kind': 'a' },
    { 'parent.id': '1', 'parent.kind': 'b' },
    { 'parent.id': '3', 'parent.kind': '{"x":1}' },
  ])
})

test('rows without a value that is needed are passed over and counted, of all lookups', async () => {
  const lackingOf = (name: string): Lookup => ({
    rows: ['', '1'].map(value => ({ [name]: value, [`${name} name`]: '' })),
    needed: [name],
  })
  const { slices, valueless } = await listOf(things({ lookups: [lackingOf('a'), lackingOf('b')] }), [])
  assert.deepEqual(slices, [{ parent: { a: '1', 'a name': '', b: '1', 'b name': '' } }])
  assert.equal(valueless, 2)
})

test('a field that no record has is a mistake of a stream that a person described, and of no other', async () => {
  const fields = [{ field: 'kind', as: 'parent.kind', isOptional: true }]
  const lookups: readonly Lookup[] = [{ stream: 'lists', fields }]
  assert.deepEqual(await partsOf({ lookups }, [{ id: 1 }]), [{}])
  const noField = (...named: readonly unknown[]) => configError(`No ${named.join(' ')}.`)
  const described = things({ lookups, mistakes: { noField } as unknown as Mistakes })
  const { slices, error } = await listOf(described, [{ id: 1 }])
  assert.deepEqual([slices, error?.message], [[], 'No kind lists id.'])
  assert.equal((await listOf(described, [{ kind: 1 }])).error, undefined)
})

test('records that lack a value that is needed are counted', async () => {
  const lookups: readonly Lookup[] = [{ stream: 'lists', fields: [{ field: 'kind', as: 'kind' }] }]
  const { slices, valueless } = await listOf(things({ lookups }), [{ id: 1 }, { kind: 'a' }, { id: 2 }])
  assert.deepEqual([slices, valueless], [[{ parent: { kind: 'a' } }], 2])
})

test('where a field is missing, thirty of those that the first record has are named', async () => {
  const named = Array.from({ length: 31 }, (_, index) => `f${index}`)
  const noField = (_: string, __: string, known: readonly string[]) => configError(known.join(' '))
  const lookups: readonly Lookup[] = [{ stream: 'lists', fields: [{ field: 'kind', as: 'kind' }] }]
  const described = things({ lookups, mistakes: { noField } as unknown as Mistakes })
  const { error } = await listOf(described, [Object.fromEntries(named.map(name => [name, 1])), { id: 1 }])
  assert.equal(error?.message, named.slice(0, 30).join(' '))
})

test('a parent with a time of its own is read window by window, within the time that is read', async () => {
  const calls = callsBetween(NOW - 40 * DAY, NOW, 40)
  const child = things({
    name: 'notes',
    lookups: [{ stream: 'calls', fields: [{ field: 'id', as: 'parent.id' }] }],
    routes: [listRoute({ path: '/notes', query: {} })],
  })
  const serve = serveCalls(calls)
  const { asked, error } = await read(
    child,
    (request, index) => (request.path === '/calls' ? serve(request, index) : pageOf([], request)),
    { others: [CALLS], mode: 'full_refresh', settings: { startMs: NOW - 10 * DAY } },
  )
  assert.equal(error, undefined)
  assert.equal(asked.filter(({ path }) => path === '/notes').length, 10)
  assert.ok(
    asked.filter(({ path }) => path === '/calls').every(({ query }) => query?.['time.start'] !== undefined),
  )
})

test('a stream with lookups and a time of its own has a timeline for each part', async () => {
  const timed = things({
    name: 'timed',
    lookups: [rowsOf('a.x', 2)],
    incremental: byTime('at'),
    routes: [listRoute({ window: { from: 'f', to: 't', format: 'iso' } })],
  })
  const { last, asked } = await read(timed, request => pageOf([], request), {
    settings: { startMs: NOW - HOUR },
  })
  assert.equal(asked.length, 2)
  assert.deepEqual([...(last?.parents?.keys() ?? [])], ['0', '1'])
})

test('of a stream that says so, no more requests are under way at once', async () => {
  const slow = things({ parallelism: 2, lookups: [rowsOf('a.x', 9)] })
  const world = await read(slow, request => pageOf([], request))
  assert.equal(world.asked.length, 9)
  assert.equal(world.busiest(), 2)
  await nextTurn()
})

test('records that cannot be told apart all go on, and are never read a second time', async () => {
  const keyless = things({ primaryKey: [] })
  let asked = 0
  const { records, error, tally } = await read(keyless, request => {
    asked++
    const page = pageOf([{ a: 1 }, { a: 1 }, { a: 2 }], request)
    return { ...page, bytes: Buffer.from(page.bytes.toString().replace('"total":3', '"total":4')) }
  })
  assert.deepEqual(records, [{ a: 1 }, { a: 1 }, { a: 2 }])
  assert.equal(asked, 2)
  assert.equal(tally.duplicate + tally.unusable, 0)
  assert.match(String(error), /the API counts 4 records and gave 3/)
})
