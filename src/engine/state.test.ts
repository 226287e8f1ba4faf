import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConnectorError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { advanced, NOTHING_READ, type Progress, readProgress, resumed, writeProgress } from './state.ts'

const moment = fc.nat(4_102_444_800_000)
const spans = fc.array(
  fc.tuple(moment, moment).map(([from, to]) => ({ from, to })),
  { maxLength: 4 },
)
const parents = fc
  .dictionary(fc.string(), fc.oneof(spans, fc.constant('all' as const)), {
    noNullPrototype: true,
    maxKeys: 4,
  })
  .map(entries => new Map(Object.entries(entries)))

test('what is saved is read again as the same', () => {
  const progress: fc.Arbitrary<Progress> = fc
    .record({
      cursorMs: moment,
      closed: spans,
      finished: fc.boolean(),
      parents: fc.option(parents, { nil: undefined }),
    })
    .map(({ parents: told, ...rest }) => (told === undefined ? rest : { ...rest, parents: told }))
  fc.assert(
    fc.property(progress, before => {
      const saved: JsonObject = JSON.parse(JSON.stringify(writeProgress(before)))
      const { cursorMs, closed, ...rest } = readProgress('calls', saved)
      assert.deepEqual(rest, {
        finished: before.finished,
        ...(before.parents && { parents: before.parents }),
      })
      assert.equal(cursorMs, before.cursorMs)
      if (before.closed.length > 0) assert.deepEqual(closed, before.closed)
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
