import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileDateFormat } from './dates.ts'
import { compileMacros, type MacroContext } from './macros.ts'

const NOW = Date.parse('2026-03-05T12:00:00Z')
const macros: MacroContext = {
  dates: compileDateFormat("yyyy-MM-dd'T'HH:mm:ss'Z'"),
  unit: 'day',
  nowMs: NOW,
  whole: { from: Date.parse('2026-01-01T00:00:00Z'), to: NOW },
  tables: ['lists', 'parent'],
}
const window = { from: Date.parse('2026-02-01T00:00:00Z'), to: Date.parse('2026-02-02T00:00:00Z') }
const values = { 'lists.id': 'a/b', 'parent.name': 'x"y' }

const filled = [
  ['/calls?from={now-1}&to={now}', '/calls?from=2026-03-04T12:00:00Z&to=2026-03-05T12:00:00Z'],
  ['{now+1}', '2026-03-06T12:00:00Z'],
  ['{now-4}', '2026-03-01T12:00:00Z'],
  ['(now-4)', '2026-03-01T12:00:00Z'],
  ['{window.start}/{window.end}', '2026-02-01T00:00:00Z/2026-02-02T00:00:00Z'],
  ['/lists/{lists.id}/{parent.name}', '/lists/a/b/x"y'],
  ['{"now": {"from": "{now}"}}', '{"now": {"from": "2026-03-05T12:00:00Z"}}'],
  ['{ now } {} {1} {a-b} {a.b.c} (now) (later-1)', '{ now } {} {1} {a-b} {a.b.c} (now) (later-1)'],
  ['{{now}}', '{2026-03-05T12:00:00Z}'],
  ['no macro at all', 'no macro at all'],
] as const
for (const [text, expected] of filled) {
  test(`${text} becomes ${expected}`, () => {
    assert.equal(
      compileMacros(text, macros).fill({ values, window }, one => one),
      expected,
    )
  })
}

test('values are encoded for the place where they go, and the text around them is not', () => {
  const template = compileMacros('/a b/{lists.id}?at={now}', macros)
  assert.equal(
    template.fill({ values, window: undefined }, encodeURIComponent),
    '/a b/a%2Fb?at=2026-03-05T12%3A00%3A00Z',
  )
})

test('without a window, its macros become the whole time that is read', () => {
  const template = compileMacros('{window.start} {window.end}', macros)
  assert.equal(
    template.fill({ values: {}, window: undefined }, one => one),
    '2026-01-01T00:00:00Z 2026-03-05T12:00:00Z',
  )
})

test('a text with macros says which values and which ends of a window it uses', () => {
  const { names, windows } = compileMacros('{lists.id}{lists.id}{parent.x}{window.end}{now}', macros)
  assert.deepEqual({ names, windows }, { names: ['lists.id', 'parent.x'], windows: ['window.end'] })
})

const unknown = [
  [
    '{yesterday}',
    /\{yesterday\}, which does not exist here; there are .*\{lists\.COLUMN\}, \{parent\.FIELD\}/,
  ],
  ['{id}', /\{id\}/],
  ['{other.id}', /\{other\.id\}/],
  ['{window.middle}', /\{window\.middle\}/],
  ['{nowish}', /\{nowish\}/],
  ['{now-99999999999999999}', /outside the range of dates/],
] as const
for (const [text, says] of unknown) {
  test(`${text} is refused by name`, () => {
    assert.throws(() => compileMacros(text, macros), { message: says })
  })
}
