import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConnectorError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import { advanced, hashOf, NOTHING_READ, type ParentCoverage, type Progress } from './progress.ts'
import { readProgress as read } from './read.ts'
import { writeProgress } from './write.ts'

const START = Date.parse('2024-01-01T00:00:00Z')
const readProgress = (stream: string, state: JsonObject | undefined, cursorField?: string) =>
  read(stream, state, { cursorField, startMs: START })

const moment = fc.nat(4_102_444_800_000)
const span = fc.tuple(moment, moment).map(([from, to]) => ({ from, to }))
const spans = fc.array(span, { maxLength: 4 })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const coverage = fc
  .record({
    closed: spans,
    readToMs: optional(moment),
    readAtMs: optional(moment),
    valuedToMs: optional(moment),
    readFromMs: optional(moment),
  })
  .map(withoutNone)
const kin = (key: fc.Arbitrary<string>) =>
  fc
    .dictionary(key, fc.oneof(coverage, fc.constant('all' as const)), { noNullPrototype: true, maxKeys: 4 })
    .map(entries => new Map<string, ParentCoverage>(Object.entries(entries)))
const parents = fc.oneof(
  fc.constant({}),
  kin(fc.string()).map(named => ({ parents: named })),
  kin(fc.string().map(hashOf)).map(named => ({ parents: named, hashed: true as const })),
)
const shortage = fc
  .record({
    of: optional(fc.string()),
    parent: optional(fc.string()),
    window: optional(span),
    came: fc.nat(),
    claimed: fc.nat(),
    print: fc.string(),
    sinceMs: moment,
  })
  .map(withoutNone)
const facts = fc.record({
  fullest: fc.nat(),
  probes: fc.nat(),
  surplus: fc.oneof(fc.nat(), fc.constant('all' as const)),
  marginMs: fc.nat(),
})
const progresses: fc.Arbitrary<Progress> = fc
  .tuple(
    fc.record({ cursorMs: optional(moment), finished: fc.boolean() }),
    coverage,
    parents,
    fc
      .record({
        hadParents: optional(fc.constant(true as const)),
        parentlessMs: optional(moment),
        shortages: optional(fc.array(shortage, { minLength: 1, maxLength: 3 })),
        routes: optional(fc.tuple(fc.string({ minLength: 1 }), facts).map(entry => new Map([entry]))),
        proven: optional(fc.array(fc.string(), { maxLength: 3 })),
        madeFor: optional(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true })),
      })
      .map(withoutNone),
  )
  .map(parts => Object.assign({}, ...parts))

/** The object without what is undefined. */
function withoutNone<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}

/** Without prototypes, which a state does not keep. */
const plain = (progress: Progress) => structuredClone(progress)

test('what is saved is read again as the same', () => {
  fc.assert(
    fc.property(progresses, before => {
      const saved: JsonObject = JSON.parse(JSON.stringify(writeProgress(before)))
      assert.deepEqual(plain(readProgress('calls', saved)), plain(before))
    }),
  )
})

// Bug: a state that was cut back to before all that it had closed was read as one that had closed all before its cursor.
test('a cursor without closed time closes nothing once it is saved', () => {
  const before = { ...NOTHING_READ, cursorMs: START + 1 }
  const saved = writeProgress(before)
  assert.deepEqual(saved, { version: 2, cursor: '2024-01-01T00:00:00.001Z', closed: [] })
  assert.deepEqual(readProgress('calls', saved), before)
})

// Bug: builds before that left `closed` out, and what they had not closed was never read.
const silent: { says: string; in: JsonObject }[] = [
  { says: 'version 2', in: { version: 2 } },
  { says: 'version 1 with parents', in: { version: 1, parents: { a: true } } },
  { says: 'version 1 with many parents', in: { version: 1, hashed: [] } },
]
for (const { says, in: state } of silent)
  test(`a cursor alone closes nothing in a state of ${says}`, () => {
    const saved = { ...state, cursor: '2024-05-01T12:00:00.000Z' }
    assert.deepEqual(readProgress('calls', saved, 'dateCreated').closed, [])
  })

test('a state is short: what there is nothing to say of is left out', () => {
  assert.deepEqual(writeProgress(NOTHING_READ), { version: 2 })
})

const COVERED = { closed: [{ from: 1, to: 2 }], readToMs: 3, readAtMs: 4, valuedToMs: 5, readFromMs: 6 }
const SHORT = { parent: 'calls', window: { from: 1, to: 2 }, came: 1, claimed: 2, print: '', sinceMs: 1 }
/** A progress with all that one may have, but for the names of ids and paths. */
const EVERYTHING: Progress = {
  ...COVERED,
  cursorMs: 2,
  finished: true,
  parents: new Map([['closed', COVERED]]),
  hadParents: true,
  parentlessMs: 6,
  shortages: [SHORT, { ...SHORT, of: 'agents' }],
  routes: new Map([['routes', { fullest: 1, probes: 1, surplus: 'all', marginMs: 1 }]]),
  proven: ['data_path'],
  madeFor: { sync_mode: 'incremental', origin: 'msAoQv9b' },
}

/** docs/state.md, and the states that it shows. */
const PAGE = readFileSync(new URL('../../../docs/state.md', import.meta.url), 'utf8')
const SHOWN = [...PAGE.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => text)

for (const [index, text] of SHOWN.entries()) {
  test(`state ${index + 1} of docs/state.md is read, and written as it is shown`, () => {
    const shown: JsonObject = JSON.parse(text)
    assert.deepEqual(writeProgress(readProgress('calls', shown)), shown)
  })
}

test('docs/state.md shows states, and names every field that one may have', () => {
  assert.equal(SHOWN.length, 2)
  const names = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (!Array.isArray(value)) for (const name of Object.keys(value)) names.add(name)
    for (const one of Object.values(value)) collect(one)
  }
  collect([writeProgress(EVERYTHING), writeProgress({ ...EVERYTHING, hashed: true })])
  const missing = [...names].filter(name => !PAGE.includes(`\`${name}\``))
  assert.deepEqual(missing, [])
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
    assert.deepEqual(advanced({ ...NOTHING_READ, cursorMs: before }, { closed: spans }), after)
  })
}

test('parents that are named by hashes are in groups of which the same is covered', () => {
  const [from, to] = ['2025-05-20T14:00:00.000Z', '2026-05-20T13:59:00.000Z']
  const closed = [{ from: Date.parse(from), to: Date.parse(to) }]
  const told = new Map<string, ParentCoverage>([
    [hashOf('a'), { closed }],
    [hashOf('b'), 'all'],
    [hashOf('c'), { closed: [...closed] }],
    [hashOf('d'), { closed, valuedToMs: Date.parse(to) }],
  ])
  assert.deepEqual(writeProgress({ ...NOTHING_READ, parents: told, hashed: true }), {
    version: 2,
    hashed: [
      { closed: [[from, to]], parents: 'Ln0sA6lQypeBEsob' },
      { closed: true, parents: 'PiPoFgA5' },
      { closed: { closed: [[from, to]], valued_to: to }, parents: hashOf('d') },
    ],
  })
})

const AT = Date.parse('2024-05-01T12:00:00Z')
const upToNoon = { cursorMs: AT, closed: [{ from: START, to: AT }], finished: false }
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
  {
    says: 'version 1 is read',
    in: {
      version: 1,
      cursor: '2024-05-01T12:00:00.000Z',
      closed: [['2024-03-01T00:00:00.000Z', '2024-05-01T12:00:00.000Z']],
    },
    out: { ...upToNoon, closed: [{ from: Date.parse('2024-03-01T00:00:00.000Z'), to: AT }] },
  },
  {
    says: 'a cursor before the start closes nothing',
    in: { cursor: '2023-05-01T12:00:00.000Z' },
    out: { ...upToNoon, cursorMs: Date.parse('2023-05-01T12:00:00.000Z'), closed: [] },
  },
  {
    says: 'so does one at the start',
    in: { cursor: '2024-01-01T00:00:00.000Z' },
    out: { ...upToNoon, cursorMs: START, closed: [] },
  },
  { says: 'a cursor that is null is none', in: { dateCreated: null }, out: NOTHING_READ },
  { says: 'a field of another stream is none', in: { createdAt: '2024-05-01T12:00:00Z' }, out: NOTHING_READ },
]

for (const row of rows)
  test(row.says, () => assert.deepEqual(readProgress('calls', row.in, 'dateCreated'), row.out))

// Bug: the moment of reading closed all before it, where records were ordered by a field called read_at.
test('a field of ours is no cursor of a stream that has one of the same name', () => {
  const progress = { ...NOTHING_READ, readAtMs: AT }
  assert.deepEqual(readProgress('mails', writeProgress(progress), 'read_at'), progress)
  assert.equal(readProgress('mails', { read_at: AT }, 'read_at').cursorMs, AT)
})

const refused: { says: string; in: JsonObject; out: string }[] = [
  { says: 'a later version', in: { version: 3 }, out: 'its version is 3; this connector writes version 2' },
  {
    says: 'a version that is text',
    in: { version: '1' },
    out: 'its version is "1"; this connector writes version 2',
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
    says: 'a span whose beginning is no time',
    in: { closed: [['soon', '2024-05-01']] },
    out: 'closed must be a time such as 2026-01-31T12:00:00.000Z; it is "soon"',
  },
  {
    says: 'a slice that is short and has no print',
    in: { short: [{ came: 1 }] },
    out: 'short holds something that is no slice',
  },
  {
    says: 'a slice that is short since no time',
    in: { short: [{ print: 'p' }] },
    out: 'since must be a time such as 2026-01-31T12:00:00.000Z; it is undefined',
  },
  {
    says: 'a point that was read to and is no time',
    in: { read_to: 'now' },
    out: 'read_to must be a time such as 2026-01-31T12:00:00.000Z; it is "now"',
  },
  {
    says: 'a moment of reading that is no time',
    in: { read_at: 'now' },
    out: 'read_at must be a time such as 2026-01-31T12:00:00.000Z; it is "now"',
  },
  {
    says: 'an end of values that is no time',
    in: { parents: { p: { closed: [], valued_to: 'now' } } },
    out: 'valued_to must be a time such as 2026-01-31T12:00:00.000Z; it is "now"',
  },
  ...['read_to', 'read_at', 'read_from'].map(field => ({
    says: `a moment of a parent that is no time (${field})`,
    in: { parents: { p: { closed: [], [field]: 'now' } } },
    out: `${field} must be a time such as 2026-01-31T12:00:00.000Z; it is "now"`,
  })),
  {
    says: 'a moment without parents that is no time',
    in: { parentless_since: 'now' },
    out: 'parentless_since must be a time such as 2026-01-31T12:00:00.000Z; it is "now"',
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
      message: `The saved state of stream calls cannot be used: ${row.out}. Reset the stream to read it from the start.`,
    })
  })
}

test('what a state says of a route and makes no sense is as if unknown', () => {
  const facts = { fullest_page: -3, probes: 'many', count_surplus: 1.5, margin_ms: null }
  const unknown = { fullest: 0, probes: 0, surplus: 0, marginMs: 0 }
  const { routes } = readProgress('calls', { routes: { '/a': facts, '/b': 7 } })
  assert.deepEqual(
    routes,
    new Map([
      ['/a', unknown],
      ['/b', unknown],
    ]),
  )
})

test('notes of another kind than they should be are none', () => {
  const state = { routes: [], made_for: 'all', short: {}, had_parents: 'yes', finished: 'yes' }
  assert.deepEqual(readProgress('calls', state), NOTHING_READ)
})

test('what a slice that is short lacks is left out, and its counts are none', () => {
  const since = '2024-05-01T12:00:00.000Z'
  const { shortages } = readProgress('calls', { short: [{ print: 'p', since, of: 1, parent: 2, came: 'x' }] })
  assert.deepEqual(shortages, [{ came: 0, claimed: 0, print: 'p', sinceMs: Date.parse(since) }])
})
