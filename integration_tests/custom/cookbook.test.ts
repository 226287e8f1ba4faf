import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { type Printed, runProgram } from '../harness/program.ts'
import { configFor, idsOf, lastStates, read, recordsOf } from '../harness/sync.ts'

const PAGE = new URL('../../docs/custom-streams.md', import.meta.url)

let simulator: Simulator
let examples: ReadonlyMap<string, Printed>
before(async () => {
  simulator = await startSimulator({ calls: 700, agents: 130, lists: 4, leads: 240, days: 10 })
  examples = await examplesIn(await readFile(PAGE, 'utf8'))
})
after(() => simulator[Symbol.asyncDispose]())

/** The page's blocks of config by the number of their heading, with ids of this world for the two that it leaves open. */
async function examplesIn(page: string): Promise<ReadonlyMap<string, Printed>> {
  const [first = '', second = ''] = await idsOf(simulator, 'outbound_lists')
  const blocks = page.matchAll(/^### (\d+)\. .*?^```json\n(.*?)^```/gms)
  return new Map(
    [...blocks].map(([, number = '', text = '']) => [
      number,
      JSON.parse(text.replace('{{first list}}', first).replace('{{second list}}', second)),
    ]),
  )
}

/** Discovers the streams of an example and reads them, as Airbyte does. */
async function run(number: string) {
  const config = configFor(simulator, { start_date: daysAgo(11), ...examples.get(number) })
  const names: string[] = examples.get(number).custom_streams.map((one: Printed) => one.name)
  const discovered = await runProgram(['discover', '--config', 'c.json'], { files: { 'c.json': config } })
  const catalog = discovered.messages.at(-1).catalog
  const streams = catalog.streams.filter((one: Printed) => names.includes(one.name))
  assert.equal(streams.length, names.length, discovered.stdout)
  const configured = streams.map((stream: Printed) => ({
    stream,
    sync_mode: stream.supported_sync_modes.at(-1),
    destination_sync_mode: 'append',
  }))
  const checked = await runProgram(['check', '--config', 'c.json'], { files: { 'c.json': config } })
  assert.equal(checked.messages.at(-1).connectionStatus.status, 'SUCCEEDED', checked.stdout)
  const sync = { config, catalog: { streams: configured } }
  const ended = await read(sync)
  assert.equal(ended.code, 0, ended.stdout)
  assertDeclared(ended, streams)
  return { ended, sync, of: (name: string) => recordsOf(ended, name), streams: byName(streams) }
}

/** Every column that comes is declared, and what a schema worked out from a sample does not know is in the catch-all. */
function assertDeclared(ended: Printed, streams: Printed): void {
  for (const { name, json_schema } of streams)
    for (const record of recordsOf(ended, name))
      for (const column of Object.keys(record))
        assert.ok(column in json_schema.properties, `${name}.${column}`)
}

function byName(streams: readonly Printed[]): Readonly<Record<string, Printed>> {
  return Object.fromEntries(streams.map(stream => [stream.name, stream]))
}

function daysAgo(days: number): string {
  return `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19)}Z`
}

function ids(records: readonly Printed[]): string[] {
  return records.map(({ id }) => id).sort()
}

async function all(stream: string): Promise<string[]> {
  return (await idsOf(simulator, stream)).toSorted()
}

test('example 1: the calls of the last day, by macro, and no older one', async () => {
  const { of } = await run('1')
  const got = of('calls_of_yesterday')
  const { ended } = await everyCall()
  const recent = recordsOf(ended, 'calls').filter(({ dateCreated }) => dateCreated >= daysAgo(1))
  assert.ok(recent.length > 0 && recent.length < 700)
  assert.deepEqual(ids(got), ids(recent))
})

async function everyCall() {
  const stream = { name: 'calls', json_schema: {}, supported_sync_modes: ['full_refresh'] }
  const catalog = { streams: [{ stream, sync_mode: 'full_refresh', destination_sync_mode: 'append' }] }
  return { ended: await read({ config: configFor(simulator), catalog }) }
}

test('example 2: one figure for each day that is over, and a second sync asks for none again', async () => {
  const { of, ended, sync, streams } = await run('2')
  const days = of('calls_per_day').map(({ window_start }) => window_start)
  assert.ok(days.length >= 10)
  assert.equal(new Set(days).size, days.length)
  assert.ok(days.every(day => day.endsWith('T00:00:00.000Z')))
  assert.deepEqual(streams['calls_per_day'].default_cursor_field, ['window_end'])
  assert.deepEqual(streams['calls_per_day'].source_defined_primary_key, [['id'], ['window_start']])
  const second = await read({ ...sync, state: lastStates(ended) })
  assert.deepEqual(recordsOf(second, 'calls_per_day'), [])
})

test('example 3: the leads of the chosen lists only, each with its country', async () => {
  const { of } = await run('3')
  const leads = of('leads_of_chosen_lists')
  const [first, second] = await idsOf(simulator, 'outbound_lists')
  assert.deepEqual(new Set(leads.map(({ listId }) => listId)), new Set([first, second]))
  assert.ok(leads.every(lead => lead.chosen_country === (lead.listId === first ? 'de' : 'at')))
})

test('example 4: every lead of every list, chained, with what its list gives it', async () => {
  const { of } = await run('4')
  assert.deepEqual(ids(of('my_lists')), await all('outbound_lists'))
  assert.deepEqual(ids(of('leads_of_my_lists')), await all('outbound_leads'))
  const names = new Map(of('my_lists').map(({ id, name }) => [id, name]))
  for (const lead of of('leads_of_my_lists')) assert.equal(lead.parent_name, names.get(lead.parent_id))
})

test('example 5: every call of an answer in XML, with its metadata', async () => {
  const { of } = await run('5')
  assert.deepEqual(ids(of('calls_in_xml')), await all('demo_xml'))
  assert.ok(of('calls_in_xml').every(({ metadata }) => metadata.total === '700'))
  assert.ok(of('calls_in_xml').some(({ agent }) => typeof agent?.name === 'string'))
})

test('example 6: a search with POST gives every call once, and a second sync only the lookback', async () => {
  const { of, ended, sync, streams } = await run('6')
  assert.deepEqual(ids(of('calls_searched')), await all('demo_search'))
  assert.deepEqual(streams['calls_searched'].default_cursor_field, ['dateCreated'])
  const again = recordsOf(await read({ ...sync, state: lastStates(ended) }), 'calls_searched')
  assert.ok(again.length > 0 && again.length < 200)
  assert.ok(again.every(({ dateCreated }) => dateCreated >= daysAgo(1.1)))
})

test('example 7: every agent with the totals of its page', async () => {
  const { of } = await run('7')
  assert.deepEqual(ids(of('agents_with_totals')), await all('agents'))
  assert.ok(of('agents_with_totals').every(({ metadata }) => metadata.total === 130))
})

test('example 8: the entries of a container that lies deep', async () => {
  const { of } = await run('8')
  assert.deepEqual(ids(of('env_sync_entries')), await all('demo_nested'))
})

test('example 9: pages that name the next one, by token, by address and by Link header', async () => {
  const { of } = await run('9')
  assert.deepEqual(ids(of('by_token')), await all('demo_tokens'))
  assert.deepEqual(ids(of('by_address')), await all('demo_next_url'))
  assert.deepEqual(ids(of('by_link_header')), await all('demo_link'))
})

test('example 10: a bare list in the columns that were written down, the rest in the catch-all', async () => {
  const { of, streams } = await run('10')
  assert.deepEqual(ids(of('calls_as_they_are')), await all('demo_bare'))
  const { properties } = streams['calls_as_they_are'].json_schema
  assert.deepEqual(Object.keys(properties).sort(), ['additional_fields', 'dateCreated', 'duration', 'id'])
  assert.ok(of('calls_as_they_are').every(one => 'agentName' in one.additional_fields))
})

test('example 11: each queue by its id, with a field of its record in the built-in stream', async () => {
  const { of } = await run('11')
  assert.deepEqual(ids(of('queue_by_queue')), await all('queues'))
  assert.ok(of('queue_by_queue').every(({ name, my_queues_name }) => name === my_queues_name))
})

test('example 12: a filter in the path keeps what it says', async () => {
  const { of } = await run('12')
  const long = of('long_calls')
  assert.ok(long.length > 0 && long.length < 700)
  assert.ok(long.every(({ duration }) => duration > 60))
})

test('every example of the page is run here', () => {
  assert.deepEqual(
    [...examples.keys()],
    Array.from({ length: 12 }, (_, index) => `${index + 1}`),
  )
})
