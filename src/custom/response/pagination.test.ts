import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defined } from '../../optional.ts'
import { nextInLinkHeader, nextPagePath, paginationOf, resolved, tokenOf } from './pagination.ts'

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
  const link = paginationOf({ type: 'link_header' })
  assert.deepEqual([link.paginate.kind, link.path], ['next-link', undefined])
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

/** The path that is asked for where the page at a path names an address. */
function pathAfter(address: string, page: string, home = HOME): string {
  return nextPagePath('mine', { at: 2, named: String(resolved(address, new URL(page, home))) }, home)
}

const named = [
  ['https://services.babelforce.com/x?page=2', '/x?page=1', '/x?page=2'],
  ['/y?page=2', '/x?page=1', '/y?page=2'],
  ['?page=2', '/x?page=1', '/x?page=2'],
  ['z', '/x?page=1', '/z'],
  ['http://services.babelforce.com/x?page=2', '/x?page=1', '/x?page=2'],
  ['../c', '/a/b?page=3', '/c'],
  ['c', '/a/b?page=3', '/a/c'],
  [' /c d?e=f g\n', '/x', '/c%20d?e=f%20g'],
] as const
for (const [address, page, path] of named) {
  test(`the next address ${JSON.stringify(address)} on the page ${page} is requested as ${path}`, () => {
    assert.equal(pathAfter(address, page), path)
  })
}

test('what is no address is told as it is', () => {
  for (const next of [undefined, null, false, '', 7, 'https://'])
    assert.equal(resolved(next, new URL('/x', HOME)), next)
})

test('an address that says https is not asked by http', () => {
  const home = 'http://127.0.0.1:8080'
  assert.throws(() => pathAfter('https://127.0.0.1:8080/x', '/x', home), { failure: 'config_error' })
})

for (const [address, host] of [
  ['https://evil.example/x', 'https://evil.example'],
  ['//evil.example/x', 'https://evil.example'],
  ['http://services.babelforce.com:81/x', 'http://services.babelforce.com:81'],
  ['https://', 'its address is not valid'],
] as const) {
  test(`the next address ${address} is not followed: it leads elsewhere`, () => {
    assert.throws(() => pathAfter(address, '/x'), {
      failure: 'config_error',
      message: `The next page of custom stream mine is on another host (${host}) than the first one (${HOME}), so it is not read. Use that host in the stream's url, or page by number.`,
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

test('a token comes back as it came: text, or a number with its digits', () => {
  assert.equal(tokenOf('7'), '7')
  assert.equal(tokenOf('\u00007'), 7)
  assert.equal(String(tokenOf('\u000012345678901234567890')), '12345678901234567890')
})
