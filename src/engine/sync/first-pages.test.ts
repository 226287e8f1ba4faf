import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError, systemError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import type { Reply } from '../../http/types.ts'
import { isObject } from '../../json.ts'
import { createRouteMemories } from '../evidence/route-memories.ts'
import { createServedRoute } from '../fetch/served-route.ts'
import type { Route, StreamDef } from '../stream/definition.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { byNextToken, byOffset, byPage } from '../stream/paginators.ts'
import { createWorld, listRoute, things } from '../testing.ts'
import { pagesOf } from './first-pages.ts'

const said = (text: string) => configError(text)
const mistakes: Mistakes = {
  allGone: parts => said(`${parts} gone`),
  shifted: () => said('it counts records'),
  samePage: (rows, asked) => (rows >= asked ? said(`the same ${rows} of ${asked}`) : undefined),
  samePlace: named => said(`again ${named}`),
  noField: field => said(`no ${field}`),
}

/** Answers whose records have these letters for keys. */
const find: Extract<Route['records'], { kind: 'found' }>['find'] = ({ bytes }) => {
  const json = JSON.parse(bytes.toString())
  if (json.error !== undefined)
    throw json.error === 'path' ? configError('No such path.') : systemError('Odd.')
  const records = [...json.letters].map(id => ({ id }))
  const facts = { rows: records.length, total: undefined, pages: undefined, max: undefined, next: json.next }
  return { records, facts, print: json.isPrinted === false ? undefined : json.letters }
}
const [byNumber, byCount, byToken] = [
  byPage({ page: 'page', size: 'size', largest: 9 }),
  byOffset({ offset: 'offset', limit: 'limit', largest: 9 }),
  byNextToken('token'),
]

async function lookAt(
  paginate: Route['paginate'],
  answers: readonly (object | Reply)[],
  more: Partial<StreamDef> = { mistakes },
) {
  const def = things({ routes: [listRoute({ paginate, records: { kind: 'found', find } })], ...more })
  const { engine, asked } = createWorld(
    (_, index) => {
      const answer = answers[index] ?? { letters: '' }
      return 'status' in answer ? (answer as Reply) : reply(200, answer)
    },
    { pageSize: 3 },
  )
  const readFirst = createServedRoute(def, engine, createRouteMemories())
  const pages = await pagesOf({}, { def, engine, readFirst, isDeep: true }).catch(
    (error: Error) => error.message,
  )
  if (typeof pages === 'string') return { out: pages, asked: asked.map(({ query }) => query) }
  const letters = pages.map(one =>
    one === 'gone'
      ? one
      : one.page.rows.map(row => ('json' in row && isObject(row.json) ? row.json['id'] : '')).join(''),
  )
  return { out: letters, asked: asked.map(({ query }) => query) }
}

const of = (...pages: readonly string[]) => pages.map(letters => ({ letters }))

interface Row {
  readonly says: string
  readonly by: Route['paginate']
  readonly answers: readonly (object | Reply)[]
  /** The pages, or the mistake. */
  readonly out: readonly string[] | string
  readonly def?: Partial<StreamDef>
}

const rows: readonly Row[] = [
  { says: 'is looked at', by: byNumber, answers: of('abc', 'def'), out: ['abc', 'def'] },
  {
    says: 'is not where a person did not describe the list',
    by: byNumber,
    answers: of('abc'),
    def: {},
    out: ['abc'],
  },
  { says: 'is not after a short page', by: byNumber, answers: of('ab'), out: ['ab'] },
  { says: 'is not where the first page names none', by: byToken, answers: of('abc'), out: ['abc'] },
  {
    says: 'is where it names one',
    by: byToken,
    answers: [{ letters: 'a', next: 'n' }, { letters: 'b' }],
    out: ['a', 'b'],
  },
  {
    says: 'is passed over where it fails',
    by: byNumber,
    answers: [{ letters: 'abc' }, reply(503)],
    out: ['abc'],
  },
  {
    says: 'is passed over where it is refused',
    by: byNumber,
    answers: [{ letters: 'abc' }, reply(400)],
    out: ['abc'],
  },
  {
    says: 'that shows what the user must change is a mistake',
    by: byNumber,
    answers: [{ letters: 'abc' }, { error: 'path' }],
    out: 'No such path.',
  },
  {
    says: 'that nobody understands is passed over',
    by: byNumber,
    answers: [{ letters: 'abc' }, { error: 'odd' }],
    out: ['abc'],
  },
  {
    says: 'that begins with the second record shows that records are counted',
    by: byNumber,
    answers: of('abc', 'bcd'),
    out: 'it counts records',
  },
  { says: 'may do so where they are counted', by: byCount, answers: of('abc', 'bcd'), out: ['abc', 'bcd'] },
  {
    says: 'that begins with the third does not',
    by: byNumber,
    answers: of('abc', 'cde'),
    out: ['abc', 'cde'],
  },
  {
    says: 'that is the first one is a mistake',
    by: byNumber,
    answers: of('abc', 'abc'),
    out: 'the same 3 of 3',
  },
  {
    says: 'that is the first one, though another is named, is a mistake',
    by: byToken,
    answers: [{ letters: 'ab', next: 'n' }, { letters: 'ab' }],
    out: 'the same 2 of 2',
  },
  {
    says: 'that is the first one is none where it is named and records have no keys',
    by: byToken,
    answers: [
      { letters: 'ab', next: 'n', isPrinted: false },
      { letters: 'ab', isPrinted: false },
    ],
    out: ['ab', 'ab'],
  },
  {
    says: 'that names itself is a mistake',
    by: byToken,
    answers: [
      { letters: 'ab', next: 'n' },
      { letters: 'cd', next: 'n' },
    ],
    out: 'again n',
  },
  {
    says: 'that names another is none',
    by: byToken,
    answers: [
      { letters: 'ab', next: 'n' },
      { letters: 'cd', next: 'm' },
    ],
    out: ['ab', 'cd'],
  },
]

for (const { says, by, answers, out, def } of rows)
  test(`a second page ${says}`, async () => {
    const found = await lookAt(by, answers, def)
    assert.deepEqual(found.out, out)
    assert.equal(found.asked.length, answers.length)
  })

test('a page is asked for where the first one ends', async () => {
  const { asked } = await lookAt(byCount, [{ letters: 'abc' }, { letters: 'def' }])
  assert.deepEqual(asked, [
    { offset: 0, limit: 3 },
    { offset: 3, limit: 3 },
  ])
})

test('of an account without the endpoint there is no page, and of a part that is gone that is told', async () => {
  assert.deepEqual((await lookAt(byNumber, [reply(404)], { mistakes, absence: 'empty' })).out, [])
  const routes: StreamDef['routes'] = [listRoute({ path: '/things/{id}' })]
  assert.deepEqual((await lookAt(byNumber, [reply(404)], { routes })).out, ['gone'])
})
