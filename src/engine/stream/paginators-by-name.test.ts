import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byNextLink, byNextToken, byPage, type Place } from './paginators.ts'

const FACTS = { rows: 10, pages: undefined, total: undefined, max: undefined }
const tokens = byNextToken('after')

test('a page is asked for by the token that the page before it named, the first without one', () => {
  const next = tokens.next(tokens.first, { ...FACTS, next: 'b' }, 10)
  assert.deepEqual(tokens.query(tokens.first, 10), {})
  assert.ok(next !== undefined)
  assert.deepEqual(tokens.query(next, 10), { after: 'b' })
})

for (const next of [undefined, '']) {
  test(`a list ends at the page that names ${next === '' ? 'an empty token' : 'no next one'}`, () => {
    assert.equal(tokens.next(tokens.first, next === undefined ? FACTS : { ...FACTS, next }, 10), undefined)
  })
}

test('a page without records that names a next one is not the end', () => {
  assert.notEqual(tokens.next(tokens.first, { ...FACTS, rows: 0, next: 'b' }, 10), undefined)
})

test('a page without records that names its own token is the end, one with records is not', () => {
  const place: Place = { at: 3, named: 'c' }
  assert.equal(tokens.next(place, { ...FACTS, rows: 0, next: 'c' }, 10), undefined)
  assert.deepEqual(tokens.next(place, { ...FACTS, next: 'c' }, 10), { at: 4, named: 'c', blanks: 0 })
})

test('two pages in a row without records, each with a new token, are followed, and no more', () => {
  const places = [tokens.first]
  for (let place: Place | undefined = tokens.first; place !== undefined; ) {
    place = tokens.next(place, { ...FACTS, rows: 0, next: `t${place.at}` }, 10)
    if (place !== undefined) places.push(place)
  }
  assert.deepEqual(
    places.map(({ named }) => named),
    [undefined, 't1', 't2'],
  )
})

test('an address is no parameter', () => {
  const addresses = byNextLink()
  assert.deepEqual(addresses.query({ at: 2, named: '/x?page=2' }, 10), {})
})

test('numbered pages may begin at zero', () => {
  const paged = byPage({ page: 'p', size: 's', largest: 100, start: 0 })
  assert.deepEqual(paged.query(paged.first, 10), { p: 0, s: 10 })
  assert.deepEqual(paged.query({ at: 3 }, 10), { p: 2, s: 10 })
})
