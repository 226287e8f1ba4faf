import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import { isList, isObject, type Json, type JsonObject } from '../../json.ts'
import type { RecordContext, StreamDef } from '../stream/definition.ts'
import { NOW, things } from '../testing.ts'
import { createTransform, isUntouched } from './transform.ts'

const DAY = { from: Date.parse('2024-05-01T00:00:00Z'), to: Date.parse('2024-05-02T00:00:00Z') }
const context: RecordContext = { now: NOW, askedAt: NOW, window: DAY, parent: { agent_id: 'a' } }
const transform = (raw: Json, more: Partial<StreamDef>, known = context) =>
  createTransform(things(more), () => known)(raw)

const adapt: StreamDef['adapt'] = (record, { parent }) => ({ ...record, agent: parent['agent_id'] })
const explode = ({ points }: JsonObject) => (isList(points) ? points.filter(isObject) : [])

const rows: { says: string; in: Json; def: Partial<StreamDef>; out: JsonObject[] }[] = [
  { says: 'an object is a record as it is', in: { id: 1 }, def: {}, out: [{ id: 1 }] },
  { says: 'a text is no record', in: 'a', def: {}, out: [] },
  { says: 'null is no record, wrapped or not', in: null, def: { wrapScalarAs: 'id' }, out: [] },
  { says: 'a text may be wrapped into one', in: 'a', def: { wrapScalarAs: 'id' }, out: [{ id: 'a' }] },
  { says: 'an object is not wrapped', in: { id: 1 }, def: { wrapScalarAs: 'id' }, out: [{ id: 1 }] },
  {
    says: 'a record is adapted to what is known beside it',
    in: { id: 1 },
    def: { adapt },
    out: [{ id: 1, agent: 'a' }],
  },
  {
    says: 'one object explodes into many, each adapted',
    in: { points: [{ id: 1 }, { id: 2 }] },
    def: { explode, adapt },
    out: [
      { id: 1, agent: 'a' },
      { id: 2, agent: 'a' },
    ],
  },
  { says: 'an object may explode into nothing', in: { points: [] }, def: { explode }, out: [] },
]

for (const row of rows) test(row.says, () => assert.deepEqual(transform(row.in, row.def), row.out))

const checkWindow = (record: JsonObject) => (isObject(record['range']) ? record['range'] : undefined)
const echoes = [
  { says: 'the span asked for', in: { from: '2024-05-01T00:00:00Z', to: '2024-05-02T00:00:00Z' }, out: 1 },
  { says: 'the same in unix seconds', in: { from: DAY.from / 1000, to: DAY.to / 1000 }, out: 1 },
  {
    says: 'one that ends a second earlier',
    in: { from: '2024-05-01T00:00:00Z', to: '2024-05-01T23:59:59Z' },
    out: 1,
  },
  { says: 'one end only', in: { to: '2024-05-02T00:00:00Z' }, out: 1 },
  {
    says: 'one that ends a little more than a second earlier',
    in: { from: '2024-05-01T00:00:00Z', to: '2024-05-01T23:59:58.999Z' },
    out: '2024-05-01T00:00:00.000Z to 2024-05-01T23:59:58.999Z',
  },
  {
    says: 'another start',
    in: { from: '2024-04-30T00:00:00Z', to: '2024-05-02T00:00:00Z' },
    out: '2024-04-30T00:00:00.000Z to 2024-05-02T00:00:00.000Z',
  },
  {
    says: 'another end',
    in: { from: '2024-05-01T00:00:00Z', to: '2024-05-01T12:00:00Z' },
    out: '2024-05-01T00:00:00.000Z to 2024-05-01T12:00:00.000Z',
  },
  {
    says: 'another end and no start',
    in: { to: '2024-05-03T00:00:00Z' },
    out: 'an unknown time to 2024-05-03T00:00:00.000Z',
  },
]

for (const row of echoes) {
  test(`an aggregate that says it speaks of ${row.says} is ${row.out === 1 ? 'a record' : 'refused'}`, () => {
    const openIt = () => transform({ range: row.in }, { checkWindow })
    if (row.out === 1) return assert.equal(openIt().length, 1)
    return assert.throws(openIt, {
      constructor: ConnectorError,
      failure: 'system_error',
      message: `An answer for things speaks of ${row.out}, though 2024-05-01T00:00:00.000Z to 2024-05-02T00:00:00.000Z was asked for. Rather than report wrong numbers, the stream stops.`,
    })
  })
}

test('an aggregate that does not say, or for which no span was asked, is believed', () => {
  const { window, ...rest } = context
  assert.equal(window, DAY)
  assert.equal(transform({ range: 'all' }, { checkWindow }).length, 1)
  assert.equal(
    transform({ range: { from: '1999-01-01' } }, { checkWindow }, { ...rest, window: undefined }).length,
    1,
  )
})

for (const { says, def, out } of [
  { says: 'that does nothing to them go out as they came', def: {}, out: true },
  { says: 'that adapts them do not', def: { adapt }, out: false },
  { says: 'that explodes and adapts them do not', def: { explode, adapt }, out: false },
])
  test(`records of a stream ${says}`, () => assert.equal(isUntouched(things(def)), out))
