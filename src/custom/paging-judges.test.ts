import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CustomStreamConfig } from './config.ts'
import { pagingJudge } from './paging-judges.ts'
import type { SeenPage } from './response/find-records.ts'

const PAGE: SeenPage = {
  records: [],
  outline: 'the keys a',
  paths: {},
  next: undefined,
  listed: 0,
  total: undefined,
  pageAfter: () => undefined,
}

function judged(stream: Partial<CustomStreamConfig>, page: Partial<SeenPage>) {
  const { of, judge } = pagingJudge({ name: 'mine', url: '/x', ...stream })
  assert.equal(of, 'pagination')
  return judge({ ...PAGE, ...page })
}

const MORE = { said: 'has_more: true', isSure: true }
const TOKEN = { said: 'next_cursor: "a"', isSure: false }

const ONE_PAGE: readonly {
  says: string
  stream?: Partial<CustomStreamConfig>
  listed: number
  total?: number
  after?: typeof MORE
  isMistake: boolean
}[] = [
  { says: 'more records are announced', listed: 3, after: MORE, isMistake: true },
  { says: 'none are', listed: 100, isMistake: false },
  { says: 'there is one record, which may name the next one', listed: 1, after: MORE, isMistake: false },
  { says: 'there are two', listed: 2, after: MORE, isMistake: true },
  { says: 'a token comes with a full page', listed: 100, after: TOKEN, isMistake: true },
  { says: 'a token comes with fewer', listed: 99, after: TOKEN, isMistake: false },
  {
    says: 'a token comes with as many as were asked for',
    stream: { url: '/x?limit=7' },
    listed: 7,
    after: TOKEN,
    isMistake: true,
  },
  {
    says: 'the config says none in so many words',
    stream: { pagination: { type: 'none' } },
    listed: 3,
    after: MORE,
    isMistake: true,
  },
  {
    says: 'a slice says that some are enough',
    stream: { data_path: '$.a[0:20]' },
    listed: 100,
    after: MORE,
    isMistake: false,
  },
  { says: 'the list is as long as it says', listed: 3, total: 3, after: MORE, isMistake: false },
  { says: 'the list says that it is longer', listed: 3, total: 4, after: MORE, isMistake: true },
  ...[{ url: '/x?from={window.start}' }, { body: '{"from": "{window.start}"}' }].flatMap(stream => [
    { says: 'windows can be cut', stream, listed: 3, total: 4, after: MORE, isMistake: false },
    { says: 'windows cannot be cut', stream, listed: 3, after: MORE, isMistake: true },
  ]),
  {
    says: 'one record is picked',
    stream: { data_path: '$.a[0]' },
    listed: 100,
    after: MORE,
    isMistake: true,
  },
  {
    says: 'an XPath says that some are enough',
    stream: { response_format: 'xml', data_path: '/a/b[position() <= 20]' },
    listed: 100,
    after: MORE,
    isMistake: false,
  },
  {
    says: 'pages are asked for by number',
    stream: { pagination: { type: 'page' } },
    listed: 100,
    after: MORE,
    isMistake: false,
  },
]
for (const { says, stream = {}, listed, total, after, isMistake } of ONE_PAGE) {
  test(`one page of ${listed} records is ${isMistake ? 'not ' : ''}all there is where ${says}`, () => {
    const said = judged(stream, { listed, total, pageAfter: () => after })
    if (!isMistake) assert.equal(said, undefined)
    else
      assert.equal(
        said,
        `received ${listed} records, but the response names a page after them (${after?.said}). Set pagination. If these records are enough, end data_path with [0:20].`,
      )
  })
}

test('for XML the advice is in XPath', () => {
  const said = judged({ response_format: 'xml' }, { listed: 3, pageAfter: () => MORE })
  assert.match(String(said), /end data_path with \[position\(\) <= 20\]\.$/)
})

const offset = (offset_parameter: string, size?: number): Partial<CustomStreamConfig> => ({
  pagination: { type: 'offset', offset_parameter, ...(size !== undefined && { size }) },
})

for (const name of [
  'page',
  'p',
  'Page',
  'pageNumber',
  'page_no',
  'current_page',
  'pageIndex',
  'page[number]',
]) {
  test(`an offset in ${name} may count pages: a full page must not be the last`, () => {
    assert.equal(
      judged(offset(name, 35), { listed: 35 }),
      `counts records in the parameter ${name}, by whose name it counts pages: there is a full page of 35 records, but no last one. Choose pagination page.`,
    )
    assert.match(String(judged(offset(name), { listed: 100 })), /full page of 100/)
    assert.match(String(judged(offset(name), { listed: 50 })), /full page of 50/)
    assert.equal(judged(offset(name, 35), { listed: 34 }), true)
    assert.equal(judged(offset(name, 35), { listed: 0 }), undefined)
  })
}

for (const name of ['offset', 'start', 'skip', 'page[offset]', 'pageStart', 'page_offset', 'homepage']) {
  test(`an offset in ${name} counts records`, () => {
    assert.equal(judged(offset(name, 35), { listed: 35 }), undefined)
  })
}

test('an offset without a name counts records', () => {
  assert.equal(judged({ pagination: { type: 'offset' } }, { listed: 100 }), undefined)
})
