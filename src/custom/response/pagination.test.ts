import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defined } from '../../optional.ts'
import { nextInLinkHeader, nextPagePath, paginationOf, tokenOf } from './pagination.ts'

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
  ['</x>; rel="prev"', null],
  ['</x>; rel="last", </y>; rel="first"', null],
  ['</style>; rel="preload"', undefined],
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
  ['http://services.babelforce.com/x?page=2', '/x?page=2'],
  ['/a/b ?page=3 ../c', '/c'],
  ['https://services.babelforce.com/a/b ?page=3', '/a/b?page=3'],
] as const
for (const [address, path] of named) {
  test(`the next address ${address} is requested as ${path}`, () => {
    assert.equal(nextPagePath('mine', { at: 2, named: address }, HOME, '/x?page=1'), path)
  })
}

test('an address that says https is not asked by http', () => {
  const home = 'http://127.0.0.1:8080'
  assert.throws(() => nextPagePath('mine', { at: 2, named: 'https://127.0.0.1:8080/x' }, home, '/x'), {
    failure: 'config_error',
  })
})

for (const address of [
  'https://evil.example/x',
  '//evil.example/x',
  'http://services.babelforce.com:81/x',
  '/a https://evil.example/x ?page=2',
  'https://',
]) {
  test(`the next address ${address} is not followed: it leads elsewhere`, () => {
    assert.throws(() => nextPagePath('mine', { at: 2, named: address }, HOME, '/x'), {
      failure: 'config_error',
      message: /on another host/,
    })
  })
}

test('a size parameter called none is not sent', () => {
  const page = paginationOf({ type: 'page', size_parameter: 'none' }).paginate
  assert.deepEqual([page.query({ at: 2 }, 7), page.size], [{ page: 2 }, 100])
  const offset = paginationOf({ type: 'offset', limit_parameter: 'none', size: 9 }).paginate
  assert.deepEqual([offset.query({ at: 50 }, 7), offset.size], [{ offset: 50 }, 9])
})

test('the parameter that says which page is asked for is known by name, where there is one', () => {
  assert.equal(paginationOf({ type: 'page', page_parameter: 'pge' }).parameter, 'pge')
  assert.equal(paginationOf({ type: 'offset' }).parameter, 'offset')
  assert.equal(
    paginationOf({ type: 'next_token', token_path: '$.t', token_parameter: 'after' }).parameter,
    'after',
  )
  assert.equal(paginationOf({ type: 'link_header' }).parameter, undefined)
})

test('an address that is relative is told with the address of the page that it stands on', () => {
  for (const paginate of [
    paginationOf({ type: 'link_header' }).paginate,
    paginationOf({ type: 'next_url', url_path: '$.n' }).paginate,
  ]) {
    assert.ok('next' in paginate)
    const next = (named: string | undefined, address: string) =>
      paginate.next(defined({ at: 1, named }), { ...facts, next: address }, 3)?.named
    assert.equal(next(undefined, '?page=2'), '?page=2')
    assert.equal(next('?page=2', '?page=3'), '?page=2 ?page=3')
    assert.equal(next('a/b', '/c'), '/c')
    assert.equal(next('a/b', ' /c d?e=f g\n'), '/c%20d?e=f%20g')
    assert.equal(next('a', 'b c'), 'a b%20c')
    assert.equal(next('a/b', 'https://x/y'), 'https://x/y')
    assert.equal(paginate.next({ at: 1 }, facts, 3), undefined)
  }
})

test('a token comes back as it came: text, or a number with its digits', () => {
  assert.equal(tokenOf('7'), '7')
  assert.equal(tokenOf('\u00007'), 7)
  assert.equal(String(tokenOf('\u000012345678901234567890')), '12345678901234567890')
})
