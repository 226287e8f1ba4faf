import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { cursorJudge, descriptionOf, keyJudges, mistakesOf, nextMistake, pathMistake } from './mistakes.ts'
import { compileCursorFormat } from './schema/cursor.ts'

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
})

test('a field that no parent has is named with those that there are', () => {
  const { noField } = mistakesOf(stream())
  assert.match(
    noField('idd', 'lists', ['id', 'name']).message,
    /the field idd from lists, .* have id, name\. Fix/,
  )
})

test('a path that leads nowhere is shown with what there is', () => {
  const { of, mistake } = pathMistake(stream({ data_path: '$.calls' }))('the keys items')
  assert.equal(of, 'data_path')
  assert.match(
    mistake?.message ?? '',
    /the data_path \$\.calls, which finds nothing in any response: there are the keys items\./,
  )
})

const token = { type: 'next_token', token_path: '$.nxt', token_parameter: 't' } as const
const full: readonly (readonly [
  says: string,
  more: Partial<CustomStreamConfig>,
  full: number[],
  short: number[],
])[] = [
  [
    'without a size in the request, at lengths that pages often have',
    {},
    [10, 100, 250],
    [9, 11, 35, 99, 101],
  ],
  ['by the size in the address', { url: '/x?page_size=35' }, [35, 36], [10, 34]],
  ['by the limit in the address', { url: '/x?a=1&limit=7' }, [7], [6]],
  ['by the size in the body', { method: 'POST', body: '{"size": 40}' }, [40], [10, 39]],
  ['not by another number', { url: '/x?age=35&resize=9' }, [10], [35, 9]],
]
for (const [says, more, fulls, shorts] of full) {
  test(`a page is full ${says}`, () => {
    const judge = nextMistake(stream({ pagination: token, ...more }))
    for (const rows of fulls) assert.ok(judge(rows)?.mistake !== undefined, `${rows}`)
    for (const rows of shorts) assert.equal(judge(rows), undefined, `${rows}`)
  })
}

test('a full page without a next one names the place where it should be', () => {
  const said = (pagination: NonNullable<CustomStreamConfig['pagination']>) =>
    nextMistake(stream({ pagination }))(10)?.mistake?.message ?? ''
  assert.match(said(token), /full page of 10 records, but no response has anything at \$\.nxt,/)
  assert.match(said({ type: 'next_url', url_path: '$.u' }), /anything at \$\.u,/)
  assert.match(said({ type: 'link_header' }), /no response has a Link header, .* choose paging none\.$/)
  assert.equal(nextMistake(stream({ pagination: token }))(10)?.of, 'pagination')
})

const signsOf = (primary_key: string[], records: JsonObject[], added: string[] = []) =>
  keyJudges(stream({ primary_key }), added).map(judge => judge(records))

test('a key that no record of a page has may be a mistake; one that some have is none', () => {
  const [sign] = signsOf(['idd'], [{ id: 1, n: 2 }])
  assert.equal(sign?.of, 'primary_key idd')
  assert.match(
    sign?.mistake?.message ?? '',
    /the primary_key idd, which no record has; did you mean id\? they have id, n\. Fix it\./,
  )
  assert.deepEqual(signsOf(['id'], [{}, { id: 1 }]), [{ of: 'primary_key id' }])
  assert.equal(signsOf(['id'], [{ id: null }])[0]?.mistake !== undefined, true)
  assert.deepEqual(signsOf(['a.b'], [{ a: { b: 0 } }]), [{ of: 'primary_key a.b' }])
  assert.deepEqual(signsOf(['parent_id'], [{}], ['parent_id']), [])
  assert.deepEqual(keyJudges(stream(), []), [])
})

const judged = (records: JsonObject[], more: Partial<CustomStreamConfig> = {}) => {
  const config = stream({ cursor_field: 't', ...more })
  return cursorJudge(config, compileCursorFormat())?.(records)
}

test('a cursor that no record has, or whose values are no times, may be a mistake; null tells nothing', () => {
  assert.match(
    judged([{ a: 1 }])?.mistake?.message ?? '',
    /the cursor_field t, which no record has; they have a\. Fix/,
  )
  assert.match(
    judged([{ t: 5 }])?.mistake?.message ?? '',
    /its value 5 is not a time in ISO 8601\. Set cursor_format/,
  )
  assert.match(
    judged([{}, { t: 'x' }], { cursor_format: 'epoch_millis' })?.mistake?.message ?? '',
    /its value "x" is not a time of the cursor_format epoch_millis/,
  )
  assert.deepEqual(judged([{ t: 'x' }, { t: '2026-01-01' }]), { of: 'cursor_field' })
  assert.equal(judged([{ t: null }, {}]), undefined)
  assert.equal(judged([{ t: '' }]), undefined)
  assert.equal(cursorJudge(stream(), compileCursorFormat()), undefined)
})

test('a time of 1970 or of a far future is in another unit than was said', () => {
  const by = (cursor_format: string, t: number) =>
    cursorJudge(stream({ cursor_field: 't', cursor_format }), compileCursorFormat(cursor_format))?.([{ t }])
      ?.mistake?.message
  assert.match(
    by('epoch_millis', 1_795_132_800) ?? '',
    /its value 1795132800 is not a time of the cursor_format/,
  )
  assert.match(
    by('epoch_seconds', 1_795_132_800_000) ?? '',
    /is not a time of the cursor_format epoch_seconds/,
  )
  assert.equal(by('epoch_seconds', 1_795_132_800), undefined)
})

test('paths beside the records, and what only says that there is a next page, are named', () => {
  const paths = pathMistake(stream({ total_path: '$.totl', metadata_path: '$.met' }))
  assert.match(
    paths('the keys a', 'total_path').mistake?.message ?? '',
    /total_path \$\.totl, which finds no number/,
  )
  assert.match(
    paths('the keys a', 'metadata_path').mistake?.message ?? '',
    /metadata_path \$\.met, which finds nothing/,
  )
  const next = nextMistake(stream({ pagination: { ...token, token_path: '$.more' } }))
  assert.match(
    next(7, true)?.mistake?.message ?? '',
    /finds true at \$\.more, which does not name the next page/,
  )
})

const described = (primary_key: string[], added: string[] = []) =>
  descriptionOf(stream({ primary_key }), added)
const typed = (...types: string[]) => types.map((type, id) => ({ id, type }))

test('a key that many different records share may not be the key', () => {
  const said = (key: string[], records: JsonObject[], added: string[] = []) =>
    described(key, added)
      .judges.map(judge => judge(records)?.mistake?.message)
      .find(one => one !== undefined)
  assert.match(
    said(['type'], typed('a', 'a', 'b', 'a')) ?? '',
    /primary_key type, which is the same in many records: a response has 4 different ones with 2 different keys/,
  )
  assert.equal(said(['type'], typed('a', 'b', 'c', 'a')), undefined)
  assert.equal(said(['type', 'id'], typed('a', 'a', 'a')), undefined)
  assert.equal(said(['type'], typed('a', 'a')), undefined)
  assert.equal(said(['id'], [{ id: 1 }, { id: 1 }, { id: 1 }]), undefined)
  assert.equal(said(['parent_id'], typed('a', 'a', 'a'), ['parent_id']), undefined)
})

test('a page is known again by its keys, in any order and whatever else is in its records', () => {
  const { print } = described(['id', 'parent_id'], ['parent_id'])
  const printed = print?.([{ id: 1 }, { id: 2 }])
  assert.ok(printed !== undefined)
  assert.equal(print?.([{ id: 2, asked: 5 }, { id: 1 }]), printed)
  assert.notEqual(print?.([{ id: 1 }, { id: 3 }]), printed)
  assert.equal(print?.([{ id: 1 }, {}]), undefined)
  assert.equal(described([]).print?.([{ id: 1 }]), undefined)
})
