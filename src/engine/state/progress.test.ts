import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConnectorError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import {
  advanced,
  hashOf,
  NOTHING_READ,
  type ParentSpans,
  type Progress,
  readProgress,
  resumed,
  writeProgress,
} from './progress.ts'

const moment = fc.nat(4_102_444_800_000)
const spans = fc.array(
  fc.tuple(moment, moment).map(([from, to]) => ({ from, to })),
  { maxLength: 4 },
)
const kin = (key: fc.Arbitrary<string>) =>
  fc
    .dictionary(key, fc.oneof(spans, fc.constant('all' as const)), { noNullPrototype: true, maxKeys: 4 })
    .map(entries => new Map(Object.entries(entries)))
const parents = fc.oneof(
  fc.constant({}),
  kin(fc.string()).map(named => ({ parents: named })),
  kin(fc.string().map(hashOf)).map(named => ({ parents: named, hashed: true as const })),
)

test('what is saved is read again as the same', () => {
  const progress: fc.Arbitrary<Progress> = fc
    .tuple(fc.record({ cursorMs: moment, closed: spans, finished: fc.boolean() }), parents)
    .map(([common, told]) => ({ ...common, ...told }))
  fc.assert(
    fc.property(progress, before => {
      const saved: JsonObject = JSON.parse(JSON.stringify(writeProgress(before)))
      const after = readProgress('calls', saved)
      assert.deepEqual(after, before.closed.length > 0 ? before : { ...before, closed: after.closed })
    }),
  )
})

test('a state is short: what there is nothing to say of is left out', () => {
  assert.deepEqual(writeProgress(NOTHING_READ), { version: 1 })
})

test('a state is written as docs/state.md shows it', () => {
  const [from, to] = ['2025-05-20T14:00:00.000Z', '2026-05-20T13:59:00.000Z']
  const closed = [{ from: Date.parse(from), to: Date.parse(to) }]
  const common = { cursorMs: Date.parse(to), closed }
  assert.deepEqual(writeProgress({ ...common, finished: false }), {
    version: 1,
    cursor: to,
    closed: [[from, to]],
  })
  assert.deepEqual(writeProgress({ ...common, finished: true, parents: new Map([['p', 'all']]) }), {
    version: 1,
    cursor: to,
    closed: [[from, to]],
    finished: true,
    parents: { p: true },
  })
})

test('only a full refresh that came to its end starts afresh', () => {
  const on: Progress = { cursorMs: 2, closed: [{ from: 1, to: 2 }], finished: false }
  const ended = { ...on, finished: true }
  assert.equal(resumed('full_refresh', ended), NOTHING_READ)
  assert.equal(resumed('full_refresh', on), on)
  assert.equal(resumed('incremental', ended), ended)
})

const cursors: { says: string; before?: number; closed: [number, number][]; cursor: number | undefined }[] = [
  { says: 'nothing closed leaves it', before: 5, closed: [], cursor: 5 },
  { says: 'nothing read, nothing closed: there is none', closed: [], cursor: undefined },
  {
    says: 'it is the end of the oldest span',
    closed: [
      [1, 3],
      [7, 9],
    ],
    cursor: 3,
  },
  { says: 'it never moves back', before: 5, closed: [[1, 3]], cursor: 5 },
]

for (const { says, before, closed, cursor } of cursors) {
  test(`the cursor follows what is closed: ${says}`, () => {
    const spans = closed.map(([from, to]) => ({ from, to }))
    const after = { cursorMs: cursor, closed: spans, finished: false }
    assert.deepEqual(advanced({ ...NOTHING_READ, cursorMs: before }, spans), after)
  })
}

test('parents that are named by hashes stand in groups of which the same is closed', () => {
  const [from, to] = ['2025-05-20T14:00:00.000Z', '2026-05-20T13:59:00.000Z']
  const closed = [{ from: Date.parse(from), to: Date.parse(to) }]
  const told = new Map<string, ParentSpans>([
    [hashOf('a'), closed],
    [hashOf('b'), 'all'],
    [hashOf('c'), [...closed]],
  ])
  assert.deepEqual(writeProgress({ ...NOTHING_READ, parents: told, hashed: true }), {
    version: 1,
    hashed: [
      { closed: [[from, to]], parents: 'Ln0sA6lQypeBEsob' },
      { closed: true, parents: 'PiPoFgA5' },
    ],
  })
})

const AT = Date.parse('2024-05-01T12:00:00Z')
const upToNoon = { cursorMs: AT, closed: [{ from: 0, to: AT }], finished: false }
const rows: { says: string; in: JsonObject | undefined; out: Progress }[] = [
  { says: 'no state means that nothing was read', in: undefined, out: NOTHING_READ },
  { says: 'an empty state means that nothing was read', in: {}, out: NOTHING_READ },
  {
    says: 'a state of the community connector closes all before its cursor',
    in: { dateCreated: '2024-05-01T12:00:00Z' },
    out: upToNoon,
  },
  { says: 'its time may be a unix time', in: { dateCreated: AT / 1000 }, out: upToNoon },
  {
    says: 'a cursor alone closes all before it',
    in: { version: 1, cursor: '2024-05-01T12:00:00.000Z' },
    out: upToNoon,
  },
  { says: 'a cursor that is null is none', in: { dateCreated: null }, out: NOTHING_READ },
  { says: 'a field of another stream is none', in: { createdAt: '2024-05-01T12:00:00Z' }, out: NOTHING_READ },
]

for (const row of rows)
  test(row.says, () => assert.deepEqual(readProgress('calls', row.in, 'dateCreated'), row.out))

const refused: { says: string; in: JsonObject; out: string }[] = [
  { says: 'a later version', in: { version: 2 }, out: 'its version is 2; this connector writes version 1' },
  {
    says: 'a version that is text',
    in: { version: '1' },
    out: 'its version is "1"; this connector writes version 1',
  },
  {
    says: 'a cursor that is no time',
    in: { cursor: 'yesterday' },
    out: 'cursor must be a time such as 2026-01-31T12:00:00.000Z; it is "yesterday"',
  },
  {
    says: 'a cursor that is an object',
    in: { cursor: {} },
    out: 'cursor must be a time such as 2026-01-31T12:00:00.000Z; it is an object',
  },
  {
    says: 'spans that are no list',
    in: { closed: {} },
    out: 'closed is an object; it must be a list of [from, to] pairs',
  },
  {
    says: 'a span of one end',
    in: { closed: [['2024-05-01']] },
    out: 'closed holds something that is no [from, to] pair',
  },
  {
    says: 'a span with an end that is null',
    in: { closed: [['2024-05-01', null]] },
    out: 'closed must be a time such as 2026-01-31T12:00:00.000Z; it is null',
  },
  { says: 'parents that are a list', in: { parents: [] }, out: 'parents is a list; it must be an object' },
  { says: 'hashes that are text', in: { hashed: 'q83v' }, out: 'hashed is text; it must be a list' },
  {
    says: 'a group that is no object',
    in: { hashed: ['PiPoFgA5'] },
    out: 'hashed holds something that is no group of parents',
  },
  {
    says: 'a group that was cut off',
    in: { hashed: [{ closed: true, parents: 'PiPoFgA5Ln0' }] },
    out: 'hashed holds something that is no group of parents',
  },
  {
    says: 'a group without spans',
    in: { hashed: [{ parents: 'PiPoFgA5' }] },
    out: 'closed is nothing; it must be a list of [from, to] pairs',
  },
  {
    says: 'a parent without spans',
    in: { parents: { p: false } },
    out: 'closed is a boolean; it must be a list of [from, to] pairs',
  },
]

for (const row of refused) {
  test(`${row.says} is refused`, () => {
    assert.throws(() => readProgress('calls', row.in, 'dateCreated'), {
      constructor: ConnectorError,
      failure: 'config_error',
      message: `The saved state of stream calls cannot be used: ${row.out}. Reset the stream to read it afresh.`,
    })
  })
}
