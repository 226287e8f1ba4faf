import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import type { Json } from '../../../json.ts'
import { createServedRoute, type FirstPage } from '../../fetch/served-route.ts'
import { shareKeys } from '../../records/duplicates.ts'
import type { Slice } from '../../stream/context.ts'
import type { StreamDef } from '../../stream/definition.ts'
import type { Sign } from '../../stream/mistakes.ts'
import { type Api, CALLS, createWorld, HOUR, listRoute, MINUTE, NOW, things } from '../../testing.ts'
import type { SliceContext } from '../job/slice-context.ts'
import { readSlice } from './slice.ts'
import { openStream } from './slices-testing.ts'

const NOTHING = () => reply(200, { items: [] })
const answers =
  (...pages: readonly (readonly Json[])[]): Api =>
  (_, index) =>
    reply(200, { items: pages[index] ?? [], pagination: { total: 9 } })

/** Reads a slice of an API, two records a page, one page after another. */
async function readFrom(
  api: Api,
  def: StreamDef = things(),
  slice: Slice = {},
  more: Partial<SliceContext> = {},
) {
  const { context } = openStream(def)
  const { engine, asked } = createWorld(api, { concurrency: 1, pageSize: 2 })
  const readFirst = createServedRoute(def, engine, context.routes)
  const first = (await readFirst(slice)) as FirstPage
  let freed = 0
  const page = { ...first.page, release: () => freed++ }
  const whole = {
    ...context,
    engine,
    readFirst,
    bounds: undefined,
    keys: shareKeys(),
    sink: async () => undefined,
    ...more,
  }
  return { found: await readSlice(whole, slice, { ...first, page }), tally: context.tally, asked, freed }
}

test('the keys of a slice are those that it gives when it is read again', async () => {
  const { found } = await readFrom(
    answers([{ id: 'a' }, { id: 'b' }], [], [{ id: 'b' }, { id: 'c' }], [], [{ id: 'b' }]),
  )
  assert.deepEqual([...found.allKeys].sort(), ['"b"', '"c"'])
  const once = await readFrom((_, index) => (index === 0 ? reply(200, { items: [{ id: 'a' }] }) : NOTHING()))
  assert.deepEqual([...once.found.allKeys], [], 'none where it is not')
})

/** A list whose answers show these signs of how it is described. */
function signed(...pages: readonly (readonly Sign[])[]): StreamDef {
  let page = 0
  const find = () => {
    const records = page < pages.length ? [{ id: `${page} a` }, { id: `${page} b` }] : []
    return { records, facts: { ...NO_FACTS, rows: records.length }, signs: pages[page++] ?? [] }
  }
  return things({ routes: [listRoute({ records: { kind: 'found', find } })] })
}

const NO_FACTS = { total: undefined, pages: undefined, max: undefined }
const [WRONG, RIGHT, OTHER] = [
  { of: 'data_path', mistake: systemError('Wrong.') },
  { of: 'data_path' },
  { of: 'id' },
]

const signs: readonly { says: string; pages: readonly (readonly Sign[])[]; out: readonly Sign[] }[] = [
  { says: 'of all of its pages', pages: [[WRONG], [OTHER]], out: [WRONG, OTHER] },
  {
    says: 'each once',
    pages: [
      [WRONG, OTHER],
      [OTHER, WRONG],
    ],
    out: [WRONG, OTHER],
  },
  {
    says: 'that are right beside those that are not',
    pages: [[WRONG], [RIGHT], [RIGHT]],
    out: [WRONG, RIGHT],
  },
  { says: 'of none where no page shows any', pages: [[], []], out: [] },
]

for (const { says, pages, out } of signs)
  test(`a slice shows signs ${says}`, async () => {
    const { found } = await readFrom(() => reply(200), signed(...pages))
    assert.deepEqual(found.signs, out)
  })

const CHILD = things({ parent: { stream: 'lines', field: 'id', as: 'line', stamp: 'line' } })
const LINE = { parent: { line: 'l' } }
const KEYLESS = [{ id: 'a' }, { name: 'no key' }]

test('records of other parents are counted, and not its own', async () => {
  const { found, tally } = await readFrom(answers([{ id: 'a', line: 'm' }]), CHILD, LINE)
  assert.deepEqual([found.distinct, found.own, found.foreign, tally.foreign], [1, 0, 1, 1])
})

test('so are records without a key, and those whose key does not fit', async () => {
  const { found, tally } = await readFrom(answers(KEYLESS))
  assert.deepEqual([found.distinct, found.unkeyed, tally.unusable], [2, 1, 1])
  const fitKey = () => undefined
  const unfit = await readFrom(answers([{ id: 'a' }]), things(), {}, { fitKey })
  assert.deepEqual([unfit.found.unkeyed, unfit.tally.refused], [1, 1])
})

test('of a stream without keys none lacks one, and none is read again', async () => {
  const { found, asked } = await readFrom(answers(KEYLESS), things({ primaryKey: [] }))
  assert.deepEqual([found.distinct, found.unkeyed, found.again, asked.length], [2, 0, 'no', 2])
})

test('a record with another id than it was asked for is told', async () => {
  const { found } = await readFrom(answers([{ id: 'b' }]), things(), { parent: { id: 'a' } })
  assert.equal(found.otherId, 'b')
})

test('a record that came on two pages of a list without a count has it read again', async () => {
  const uncounted: Api = (_, index) =>
    reply(200, {
      items:
        [
          [{ id: 'a' }, { id: 'b' }],
          [{ id: 'b' }, { id: 'c' }],
        ][index % 3] ?? [],
    })
  const { found, tally } = await readFrom(uncounted)
  assert.deepEqual([found.again, tally.duplicate], ['stable', 1])
})

test('one in which none did is not', async () => {
  const pages: Api = ({ query }) =>
    reply(200, { items: [[{ id: 'a' }, { id: 'b' }], [{ id: 'c' }]][Number(query?.['page']) - 1] ?? [] })
  const { found, asked } = await readFrom(pages)
  assert.deepEqual([found.again, found.walk.pages, asked.length], ['no', 2, 2])
})

test('one whose later page fails for good is not, though it came short', async () => {
  const failing: Api = ({ query }) =>
    query?.['page'] === 1
      ? reply(200, { items: [{ id: 'a' }, { id: 'b' }], pagination: { total: 9 } })
      : reply(500)
  const { found } = await readFrom(failing, CALLS, { window: { from: NOW - HOUR, to: NOW } })
  assert.deepEqual([found.walk.end, found.again], ['failed', 'no'])
})

test('a second page with the records of the first in another order is not the end', async () => {
  const { found } = await readFrom(
    answers([{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }], [{ id: 'c' }]),
  )
  assert.equal(found.distinct, 3)
})

test('rows beside its window show by how much the filter is off, of all pages', async () => {
  const window = { from: NOW - HOUR, to: NOW }
  const at = (id: string, afterMs: number) => ({ id, dateCreated: new Date(NOW + afterMs).toISOString() })
  const { found } = await readFrom(
    answers([at('a', -MINUTE), at('b', -2 * MINUTE)], [at('c', 5 * MINUTE)]),
    CALLS,
    {
      window,
    },
  )
  assert.deepEqual([found.beside, found.marginMs], [1, HOUR])
  assert.deepEqual([...found.given], ['"a"', '"b"'])
})

test('the memory of an answer is free once its records went on', async () => {
  assert.equal((await readFrom(answers([{ id: 'a' }]))).freed, 1)
})
