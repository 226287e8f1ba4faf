import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemError, transientError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import { open, received } from '../../evidence/verdict.ts'
import { byOwnTime } from '../../stream/definition.ts'
import { type Api, CALLS, DAY, HOUR, NOW, things } from '../../testing.ts'
import { createNeeds } from './needs.ts'
import { CUT, shortBy } from './slices-testing.ts'
import { SPANS, wholeOf } from './whole-testing.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const [EARLIER, LATER] = SPANS
const READ_TO = NOW - 30 * HOUR

/** Of the last day of what was read it is looked once more what changed. */
const records: readonly {
  says: string
  at?: number
  changedAt?: number
  mode?: 'full_refresh'
  readToMs?: number
  isKept: boolean
}[] = [
  { says: 'of a span that is owed', at: EARLIER.from + 1, isKept: true },
  { says: 'at its first moment', at: EARLIER.from, isKept: true },
  { says: 'at its last moment', at: EARLIER.to, isKept: true },
  { says: 'of another span', at: LATER.from, isKept: true },
  { says: 'before all that is owed', at: EARLIER.from - 1, isKept: false },
  { says: 'between two spans', at: EARLIER.to + 1, isKept: false },
  { says: 'without a time', isKept: true },
  {
    says: 'that changed within the lookback of what was read',
    at: 0,
    changedAt: READ_TO - DAY,
    readToMs: READ_TO,
    isKept: true,
  },
  { says: 'that changed before that', at: 0, changedAt: READ_TO - DAY - 1, readToMs: READ_TO, isKept: false },
  { says: 'that does not say when it changed', at: 0, readToMs: READ_TO, isKept: false },
  {
    says: 'that changed, of a full refresh',
    at: 0,
    changedAt: NOW,
    readToMs: READ_TO,
    mode: 'full_refresh',
    isKept: false,
  },
  { says: 'that changed, where nothing was read before', at: 0, changedAt: NOW, isKept: false },
]

for (const { says, at, changedAt, mode = 'incremental', readToMs, isKept } of records)
  test(`a record ${says} is ${isKept ? 'handed on' : 'left out, and counted'}`, async () => {
    const record = {
      ...(at === undefined ? {} : { dateCreated: iso(at) }),
      ...(changedAt === undefined ? {} : { updatedAt: iso(changedAt) }),
    }
    const { kept, context } = await wholeOf({
      records: [record],
      mode,
      ...(readToMs === undefined ? {} : { readToMs }),
    })
    assert.deepEqual([kept.length, context.tally.outside], isKept ? [1, 0] : [0, 1])
  })

const queryOf = (ms: number) => Math.floor(ms / 1000)

test('all that is owed is asked for at once', async () => {
  const { asked, lines } = await wholeOf({})
  assert.deepEqual(
    asked.map(({ query }) => [query?.['time.start'], query?.['time.end']]),
    [[queryOf(EARLIER.from) - 1, queryOf(LATER.to) + 1]],
  )
  assert.deepEqual(lines, [
    'WARN calls: the API ignores the time filter, so everything is read and filtered here.',
  ])
})

test('where so long a time is refused, all there is is', async () => {
  const refusing: Api = ({ query }) =>
    query?.['time.start'] === undefined ? reply(200, { items: [] }) : reply(400)
  const { asked, error, received } = await wholeOf({ api: refusing })
  assert.deepEqual([asked.length, error, received.length], [2, undefined, 2])
  const { asked: once, error: down } = await wholeOf({ api: () => reply(503) })
  assert.equal(once.length, 1, 'not where it fails')
  assert.equal(down?.status, 503)
})

test('a stream that is not filtered by time is asked for as a whole, and nothing is said', async () => {
  const { asked, lines } = await wholeOf({ def: things({ incremental: byOwnTime('dateCreated') }) })
  assert.deepEqual([asked.map(({ query }) => query?.['time.start']), lines], [[undefined], []])
})

test('a parent that is gone is counted', async () => {
  const [route] = CALLS.routes
  const { context } = await wholeOf({
    api: () => reply(404),
    def: { ...CALLS, routes: [{ ...route, path: '/a/{id}' }] },
  })
  assert.equal(context.tally.gone, 1)
})

test('what windows needed that were read before is needed still', async () => {
  const needs = createNeeds()
  const settle = needs.add()
  const { received: before } = await wholeOf({ owed: [needs] })
  assert.deepEqual(before, [])
  const failed = createNeeds()
  failed.add()(open('failed', systemError('No.')))
  const { received: none, error } = await wholeOf({ owed: [failed] })
  assert.deepEqual([none, error?.message], [[], 'No.'])
  settle(received('end seen'))
  assert.equal((await wholeOf({ owed: [needs] })).received.length, 2)
})

test('what it counts is known by itself: counts of windows that mean nothing say nothing of it', async () => {
  const { error } = await wholeOf({ found: shortBy(1), isRefuted: true })
  assert.match(String(error), /counts 5 records and gave 4/)
})

test('of many parts it is said that one was cut off', async () => {
  const { evidence } = await wholeOf({ found: { ...CUT, reachedMs: NOW } })
  evidence.open.add(open('failed', systemError('No.')))
  assert.match(String(evidence.open.error('calls')), /1 cut off by the API, 1 failed/)
})

test('it is an answer', async () => {
  const { evidence } = await wholeOf({})
  evidence.failed(transientError('Down.'))
  assert.equal(evidence.isUnanswered(), false)
})
