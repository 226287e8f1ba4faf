import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../http/testing.ts'
import { rememberRoute } from '../evidence/route-facts.ts'
import type { Find } from '../stream/definition.ts'
import { byNextToken } from '../stream/paginators.ts'
import { createWorld, listRoute, things } from '../testing.ts'
import { readPages } from './pages.ts'
import { mistakes } from './visit-testing.ts'

/** A page that names the next one: its record, which is its print too, and that name. */
type Told = readonly [record: string, next?: string]

const find: Find = ({ bytes }) => {
  const [record, next]: Told = JSON.parse(bytes.toString())
  const facts = {
    rows: record === '' ? 0 : 1,
    pages: undefined,
    total: undefined,
    max: undefined,
    // An empty name is none.
    ...(next === undefined ? {} : { next }),
  }
  return { records: record === '' ? [] : [{ id: record }], facts, print: record }
}

/** Walks over these pages, of which the first is page 0, and each later one the page of the number that names it. */
async function walked(pages: readonly Told[]) {
  const { engine, lines } = createWorld(({ query }) => reply(200, pages[Number(query?.['after'] ?? 0)]))
  const route = listRoute({ records: { kind: 'found', find }, paginate: byNextToken('after') })
  const spec = { def: things({ mistakes }), route, slice: {}, pageSize: 10, filters: {} }
  const came: number[] = []
  const take = async ({ rows }: { readonly rows: readonly unknown[] }) => {
    came.push(rows.length)
    return 'new' as const
  }
  const end = await readPages({ spec, engine, take, route: rememberRoute() }).then(
    walk => walk.end,
    error => error.message,
  )
  return { end, came, lines }
}

const rows: readonly { says: string; pages: readonly Told[]; came: number[]; end: string }[] = [
  {
    says: 'a page that names none is the last',
    pages: [
      ['a', '1'],
      ['b', ''],
    ],
    came: [1, 1],
    end: 'named',
  },
  {
    says: 'so is one that has no place for a name',
    pages: [['a', '1'], ['b']],
    came: [1, 1],
    end: 'named',
  },
  {
    says: 'a second page that is the first one again is a mistake',
    pages: [
      ['a', '1'],
      ['a', '2'],
    ],
    came: [1],
    end: 'The same 1 of 1 again.',
  },
  {
    says: 'a later page that came before is one of how pages are named',
    pages: [
      ['a', '1'],
      ['b', '2'],
      ['b', ''],
    ],
    came: [1, 1],
    end: '2 again.',
  },
  {
    says: 'a name that came before is one too, before it is asked for',
    pages: [
      ['a', '1'],
      ['b', '2'],
      ['c', '1'],
    ],
    came: [1, 1, 1],
    end: '1 again.',
  },
]
for (const { says, pages, came, end } of rows)
  test(`where each page names the next one, ${says}`, async () => {
    const walk = await walked(pages)
    assert.deepEqual([walk.came, walk.end, walk.lines], [came, end, []])
  })

test('three pages without records in a row are the end, though the last of them names another', async () => {
  const { came, end, lines } = await walked([
    ['', '1'],
    ['', '2'],
    ['', '3'],
    ['never asked for', ''],
  ])
  assert.deepEqual([came, end], [[0, 0, 0], 'named'])
  assert.deepEqual(lines, ['INFO things: page after page without records is taken for the end of the list.'])
})
