import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError, configError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import { createRouteMemories } from '../../evidence/route-memories.ts'
import type { StreamDef } from '../../stream/definition.ts'
import { CALLS, createWorld, HOUR, NOW, SECOND } from '../../testing.ts'
import type { Windows } from '../../time/windows.ts'
import type { SliceContext } from '../job/slice-context.ts'
import { createOverload } from './overload.ts'

const down = (status = 503) => new ConnectorError('transient_error', 'Down.', { status })
const long = (ms: number) => ({ from: NOW - ms, to: NOW })

/** Windows of a timeline, and what is done with them; the API answers with this status. */
function open(status = 200, def: StreamDef = CALLS) {
  const { engine, asked } = createWorld(() => reply(status, { items: [] }))
  const done: string[] = []
  const windows = {
    overload: () => done.push('shorter') > 0,
    halve: () => (done.push('halved') > 0 ? [long(1), long(1)] : []),
  } as unknown as Windows
  const context = { def, engine, routes: createRouteMemories() } as unknown as SliceContext
  return { overload: createOverload({ context, partition: {}, windows, shortestMs: SECOND }), asked, done }
}

const rows: readonly { says: string; ms: number; came?: number; error?: unknown; done: readonly string[] }[] =
  [
    { says: 'of two hours, where none as long came, has all shortened', ms: 2 * HOUR, done: ['shorter'] },
    { says: 'of a moment less than two hours stays as it is', ms: 2 * HOUR - 1, done: [] },
    { says: 'is halved where one as long came', ms: 8 * HOUR, came: 8 * HOUR, done: ['halved'] },
    { says: 'is halved where one half as long came', ms: 8 * HOUR, came: 4 * HOUR, done: ['halved'] },
    {
      says: 'has all shortened where only shorter ones came',
      ms: 8 * HOUR,
      came: 4 * HOUR - 1,
      done: ['shorter'],
    },
    {
      says: 'that is refused as too long (400) is asked for shorter',
      ms: 8 * HOUR,
      error: configured(400),
      done: ['shorter'],
    },
    { says: 'that is not allowed (403) stays as it is', ms: 8 * HOUR, error: configured(403), done: [] },
    { says: 'that met a limit of the rate (429) stays as it is', ms: 8 * HOUR, error: down(429), done: [] },
    {
      says: 'that met a fault of ours stays as it is',
      ms: 8 * HOUR,
      error: new TypeError('no function'),
      done: [],
    },
  ]

function configured(status: number): ConnectorError {
  return new ConnectorError('config_error', 'No.', { status })
}

for (const { says, ms, came, error = down(), done } of rows)
  test(`a window ${says}`, async () => {
    const opened = open()
    if (came !== undefined) opened.overload.worked(long(came))
    assert.equal(await opened.overload.relieves(long(ms), error), done.length > 0)
    assert.deepEqual(opened.done, done)
  })

test('where nothing came since the last failure, the shortest part is looked at once, and never again if that failed', async () => {
  const { overload, asked, done } = open(503)
  assert.equal(await overload.relieves(long(8 * HOUR), down()), false)
  const from = (NOW - 8 * HOUR) / 1000 - 1
  const look = asked.map(({ query, retries }) => [query?.['time.start'], query?.['time.end'], retries])
  assert.deepEqual(look, [[from, from + 3, 0]], 'the first second, without further tries')
  assert.equal(await overload.relieves(long(8 * HOUR), down()), false)
  assert.deepEqual([asked.length, done], [1, []])
  overload.worked(long(8 * HOUR))
  assert.equal(await overload.relieves(long(8 * HOUR), down()), true)
})

test('a part that is not there tells of no overload', async () => {
  const { overload, done } = open(404, { ...CALLS, absence: 'empty' })
  assert.equal(await overload.relieves(long(8 * HOUR), down()), false)
  assert.deepEqual(done, [])
})

test('what concerns the whole run is no overload', async () => {
  const error = new ConnectorError('transient_error', 'Out of memory.', { scope: 'run' })
  assert.equal(await open().overload.relieves(long(8 * HOUR), error), false)
  assert.equal(await open().overload.relieves(long(8 * HOUR), configError('No.')), false)
})
