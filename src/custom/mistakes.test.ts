import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CustomStreamConfig } from './config.ts'
import { mistakesOf } from './mistakes.ts'

const stream = (more: Partial<CustomStreamConfig> = {}): CustomStreamConfig => ({
  name: 'mine',
  url: '/x/{parent.id}',
  ...more,
})

test('parts that are all gone name the url, whether there is one or many', () => {
  const { allGone } = mistakesOf(stream())
  assert.match(allGone(1).message, /^Custom stream mine received 404 for its only part: \/x\/\{parent\.id\}/)
  assert.match(allGone(4).message, /404 for all of its 4 parts: .* Fix its url/)
  assert.equal(allGone(4).failure, 'config_error')
})

test('the same page twice is a mistake where the page was full, or as long as pages often are', () => {
  const { samePage } = mistakesOf(stream({ pagination: { type: 'page', page_parameter: 'pge' } }))
  const message =
    'Custom stream mine received page 1 again as page 2: does the API know pge? Fix pagination. If the list has exactly 35 records, choose paging none.'
  assert.equal(samePage(35, 35)?.message, message)
  assert.equal(samePage(36, 35)?.failure, 'config_error')
  assert.equal(samePage(35, 100), undefined)
  for (const rows of [10, 20, 25, 30, 50, 100, 200, 250, 500, 1000, 5000, 10_000])
    assert.ok(samePage(rows, 20_000) !== undefined, `${rows}`)
  assert.match(mistakesOf(stream()).samePage(10, 10)?.message ?? '', /does the API know the page\?/)
})

test('a place that comes again is shown, without what marks a number', () => {
  const { samePlace } = mistakesOf(stream())
  assert.match(samePlace('\u00007').message, /is led back to a page that came before \(7\)/)
  assert.match(samePlace('x'.repeat(80)).message, /came before \(x{60}…\): the place/)
})

test('a field that no parent has is named with those that there are', () => {
  const { noField } = mistakesOf(stream())
  assert.match(
    noField('idd', 'lists', ['id', 'name']).message,
    /the field idd from lists, .* have id, name\. Fix/,
  )
})

const SIZES: readonly (readonly [more: Partial<CustomStreamConfig>, size: number | undefined])[] = [
  [{ url: '/x?limit=35' }, 35],
  [{ url: '/x?page=1&per_page=20&sort=id' }, 20],
  [{ method: 'POST', body: '{"query": {}, "pageSize": 15}' }, 15],
  [{ url: '/x?limit={now}' }, undefined],
  [{ url: '/x?dislimit=35' }, undefined],
  [{}, undefined],
]
for (const [more, size] of SIZES) {
  test(`the request ${JSON.stringify(more)} asks for ${size ?? 'no number of'} records by itself`, () => {
    assert.equal(mistakesOf(stream(more)).pageSize, size)
  })
}

test('pages that count records name their parameter', () => {
  const { shifted } = mistakesOf(stream({ pagination: { type: 'page', page_parameter: 'skip' } }))
  assert.equal(
    shifted().message,
    'Custom stream mine received as page 2 what page 1 has but for its first record: skip counts records, not pages. Choose pagination offset.',
  )
  assert.equal(shifted().failure, 'config_error')
})
