import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import type { Json, JsonObject } from '../../json.ts'
import { mergeStates } from './merge.ts'
import { hashOf } from './progress.ts'

const MADE_FOR = { sync_mode: 'incremental', origin: 'msAoQv9b' }
const day = (text: string) => `2026-${text}T00:00:00.000Z`
const span = (from: string, to: string): Json => [day(from), day(to)]
const JAN = span('01-01', '02-01')
const FEB = span('02-01', '03-01')
const APR = span('04-01', '05-01')

const stateOf = (more: JsonObject): JsonObject => ({ version: 2, made_for: MADE_FOR, ...more })
const merged = (...states: JsonObject[]) => mergeStates('calls', states.map(stateOf))

const rows: readonly { says: string; states: readonly JsonObject[]; both: JsonObject }[] = [
  {
    says: 'the spans of all are closed, and the cursor is where the first gap begins',
    states: [{ closed: [JAN] }, { closed: [APR] }, { closed: [FEB] }],
    both: { cursor: day('03-01'), closed: [JAN, FEB, APR] },
  },
  {
    says: 'a cursor alone closes nothing: where its time began is not known',
    states: [{ cursor: day('03-01') }, { closed: [APR] }],
    both: { cursor: day('05-01'), closed: [APR] },
  },
  {
    says: 'one state alone stands for itself',
    states: [{ closed: [JAN] }],
    both: { cursor: day('02-01'), closed: [JAN] },
  },
  { says: 'states of runs that closed nothing make one', states: [{}, {}], both: {} },
  {
    says: 'a full refresh is finished once all its parts are',
    states: [
      { finished: true, closed: [JAN] },
      { finished: true, closed: [FEB] },
    ],
    both: { cursor: day('03-01'), closed: [JAN, FEB], finished: true },
  },
  {
    says: 'and not before',
    states: [{ finished: true, closed: [JAN] }, { closed: [FEB] }],
    both: { cursor: day('03-01'), closed: [JAN, FEB] },
  },
  {
    says: 'each parent has what the runs cover of it; what most have in common is the stream’s own',
    states: [
      { closed: [JAN], parents: { p: true, q: true, r: [APR] } },
      { closed: [FEB], parents: { p: true, q: true } },
    ],
    both: { cursor: day('03-01'), closed: [JAN, FEB], parents: { p: true, q: true, r: [APR] } },
  },
  {
    says: 'a run that tells no parents apart covers the same of each',
    states: [{ closed: [JAN] }, { closed: [FEB], parents: { p: true, q: [APR] } }],
    both: { cursor: day('03-01'), closed: [JAN, FEB], parents: { p: true, q: [JAN, APR] } },
  },
  {
    says: 'where one run names parents by hashes, all do',
    states: [
      { closed: [JAN], parents: { a: true, b: [APR] } },
      { hashed: [{ closed: [FEB], parents: hashOf('a') }] },
    ],
    both: {
      cursor: day('03-01'),
      closed: [JAN, FEB],
      hashed: [
        { closed: true, parents: hashOf('a') },
        { closed: [APR], parents: hashOf('b') },
      ],
    },
  },
  {
    says: 'parents that one run had were there',
    states: [{ had_parents: true }, {}],
    both: { had_parents: true },
  },
  {
    says: 'the list of parents is empty since the last of the runs found it so',
    states: [
      { had_parents: true, parentless_since: day('02-03') },
      { had_parents: true, parentless_since: day('02-05') },
    ],
    both: { had_parents: true, parentless_since: day('02-05') },
  },
  {
    says: 'it is not empty where one run saw a parent',
    states: [{ had_parents: true, parentless_since: day('02-03') }, { had_parents: true }],
    both: { had_parents: true },
  },
  {
    says: 'what one run has proven of a description is proven',
    states: [{}, { proven: ['data_path', 'filter'] }],
    both: { proven: ['data_path', 'filter'] },
  },
  {
    says: 'slices that are short are kept; of one that several found, what the last found',
    states: [
      { short: [{ parent: 'p', window: JAN, came: 3, claimed: 5, print: 'new', since: day('03-02') }] },
      { short: [{ window: JAN, came: 3, claimed: 5, print: 'other', since: day('03-03') }] },
      { short: [{ parent: 'p', window: JAN, came: 2, claimed: 5, print: 'old', since: day('03-01') }] },
    ],
    both: {
      short: [
        { parent: 'p', window: JAN, came: 3, claimed: 5, print: 'new', since: day('03-02') },
        { window: JAN, came: 3, claimed: 5, print: 'other', since: day('03-03') },
      ],
    },
  },
  {
    says: 'a single slice that is short is kept too',
    states: [{ short: [{ came: 3, claimed: 5, print: 'p', since: day('03-01') }] }, {}],
    both: { short: [{ came: 3, claimed: 5, print: 'p', since: day('03-01') }] },
  },
  {
    says: 'of a route, all is known that one run has learnt',
    states: [
      { routes: { '/a': { fullest_page: 50, probes: 3, count_surplus: 2 }, '/b': { fullest_page: 7 } } },
      {
        routes: {
          '/a': { fullest_page: 100, probes: 1, margin_ms: 60_000 },
          '/b': { fullest_page: 5 },
          '/c': { count_surplus: 'all' },
        },
      },
    ],
    both: {
      routes: {
        '/a': { fullest_page: 100, probes: 3, count_surplus: 2, margin_ms: 60_000 },
        '/b': { fullest_page: 7 },
        '/c': { count_surplus: 'all' },
      },
    },
  },
  {
    says: 'counts that are wrong by different numbers count something else',
    states: [{ routes: { '/a': { count_surplus: 2 } } }, { routes: { '/a': { count_surplus: 3 } } }],
    both: { routes: { '/a': { count_surplus: 'all' } } },
  },
]

for (const { says, states, both } of rows)
  test(says, () => assert.deepEqual(merged(...states), stateOf(both)))

const refused: readonly { says: string; states: readonly JsonObject[]; message: string }[] = [
  {
    says: 'states of an earlier version',
    states: [stateOf({ closed: [JAN] }), { version: 1, closed: [FEB] }],
    message:
      'A state of stream calls is of version 1, and only those of version 2 can be merged. Sync once from each state with this ' +
      'connector; what it writes then is of that version.',
  },
  {
    says: 'states of the community connector',
    states: [{ dateCreated: day('01-01') }, stateOf({})],
    message:
      'A state of stream calls is without a version, and only those of version 2 can be merged. Sync once from each state with ' +
      'this connector; what it writes then is of that version.',
  },
  {
    says: 'states of different accounts',
    states: [stateOf({}), stateOf({ made_for: { ...MADE_FOR, origin: 'another' } })],
    message:
      'The states of stream calls were made for different configs; what differs: origin. Merge only states of runs that differ in ' +
      'nothing but start_date and end_date.',
  },
  {
    says: 'states with different filters',
    states: [stateOf({}), stateOf({ made_for: { ...MADE_FOR, queue_id: 'q' } })],
    message:
      'The states of stream calls were made for different configs; what differs: queue_id. Merge only states of runs that differ in ' +
      'nothing but start_date and end_date.',
  },
  {
    says: 'states that do not say what they were made for',
    states: [stateOf({}), { version: 2, closed: [FEB] }],
    message:
      'The states of stream calls do not all say what they were made for. Merge only states of runs that differ in nothing but ' +
      'start_date and end_date.',
  },
]

for (const { says, states, message } of refused) {
  test(`${says} are refused`, () => {
    assert.throws(() => mergeStates('calls', states), {
      constructor: ConnectorError,
      failure: 'config_error',
      message,
    })
  })
}
