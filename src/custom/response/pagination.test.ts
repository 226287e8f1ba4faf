import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defined } from '../../optional.ts'
import { nextInLinkHeader, nextPagePath, paginationOf } from './pagination.ts'

const facts = { rows: 3, pages: undefined, total: undefined, max: undefined }

test('without pagination one response is all, whatever its counts say', () => {
  const { paginate } = paginationOf()
  assert.deepEqual(paginate.query(paginate.first, 100), {})
  assert.ok('next' in paginate)
  assert.equal(paginate.next(paginate.first, { ...facts, pages: 9, next: 'x' }, 3), undefined)
})

test('fields that were left out have the defaults of the spec', () => {
  const page = paginationOf({ type: 'page' }).paginate
  assert.deepEqual([page.query({ at: 2 }, 7), page.size], [{ page: 2, max: 7 }, 100])
  const offset = paginationOf({ type: 'offset' }).paginate
  assert.deepEqual([offset.query({ at: 50 }, 7), offset.size], [{ offset: 50, limit: 7 }, 100])
})

test('names, size and the number of the first page can be set', () => {
  const page = paginationOf({
    type: 'page',
    page_parameter: 'p',
    size_parameter: 's',
    size: 20,
    start: 0,
  }).paginate
  assert.deepEqual([page.query(page.first, 20), page.size], [{ p: 0, s: 20 }, 20])
  const offset = paginationOf({
    type: 'offset',
    offset_parameter: 'o',
    limit_parameter: 'l',
    size: 5,
    start: 1,
  }).paginate
  assert.deepEqual([offset.query(offset.first, 5), offset.size], [{ o: 1, l: 5 }, 5])
})

test('the path to the next page comes with the field of the config that holds it', () => {
  const token = paginationOf({ type: 'next_token', token_path: '$.t', token_parameter: 'after' })
  assert.deepEqual(token.path, { field: 'pagination.token_path', text: '$.t' })
  assert.deepEqual(token.paginate.query({ at: 2, named: 'b' }, 1), { after: 'b' })
  const url = paginationOf({ type: 'next_url', url_path: '$.n' })
  assert.deepEqual(url.path, { field: 'pagination.url_path', text: '$.n' })
  assert.equal(paginationOf({ type: 'link_header' }).usesLinkHeader, true)
})

const links = [
  ['<https://a/x?page=2>; rel="next"', 'https://a/x?page=2'],
  ['</x?page=1>; rel="prev", </x?page=3>; rel="next"', '/x?page=3'],
  ['</x>;rel=next', '/x'],
  ['</x>; title="a, b"; rel="last next"', '/x'],
  ['</x>; REL="NEXT"', '/x'],
  ['</x>; rel="prev"', undefined],
  ['</x>; rel="nextish"', undefined],
  ['nonsense', undefined],
  [undefined, undefined],
] as const
for (const [link, next] of links) {
  test(`of the Link header ${link} the next address is ${next}`, () => {
    const headers = defined({ link })
    assert.equal(nextInLinkHeader({ status: 200, headers, bytes: Buffer.alloc(0) }), next)
  })
}

const HOME = 'https://services.babelforce.com'
const named = [
  ['https://services.babelforce.com/x?page=2', '/x?page=2'],
  ['/y?page=2', '/y?page=2'],
  ['?page=2', '/x?page=2'],
  ['z', '/z'],
] as const
for (const [address, path] of named) {
  test(`the next address ${address} is requested as ${path}`, () => {
    assert.equal(nextPagePath('mine', { at: 2, named: address }, HOME, '/x?page=1'), path)
  })
}

for (const address of [
  'https://evil.example/x',
  '//evil.example/x',
  'http://services.babelforce.com/x',
  'https://',
]) {
  test(`the next address ${address} is not followed: it leads elsewhere`, () => {
    assert.throws(() => nextPagePath('mine', { at: 2, named: address }, HOME, '/x'), {
      failure: 'config_error',
      message: /on another host/,
    })
  })
}
