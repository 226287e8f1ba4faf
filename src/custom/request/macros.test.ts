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
  endsEarlierMs: 0,
  tables: new Map([
    ['lists', { stream: 'lists', columns: ['id', 'country'] }],
    ['parent', { stream: 'agents', columns: undefined }],
  ]),
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
  ['{{now}} {{window.end}} {{later}}', '{now} {window.end} {{later}}'],
  ['{(now-4)}', '2026-03-01T12:00:00Z'],
  ['{"a":{"b":{"c":"{now}"}}}', '{"a":{"b":{"c":"2026-03-05T12:00:00Z"}}}'],
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
    /\{yesterday\}, which does not exist here; there are \{now\}, \{now-1\}, \{now\+1\}, \{window\.start\}, \{window\.end\}, \{lists\.id\}, \{lists\.country\}, \{parent\.FIELD\}, the columns/,
  ],
  ['{id}', /\{id\}/],
  ['{other.id}', /\{other\.id\}/],
  ['{now-1d}', /\{now-1d\}, which does not exist here; did you mean \{now-1\}\? there are/],
  ['{Now-1}', /did you mean \{now-1\}\?/],
  ['{now-1.5}', /did you mean \{now-1\}\?/],
  ['{ now + 2 }', /did you mean \{now\+2\}\?/],
  ['{{now}}', /\{\{now\}\}, which .* did you mean \{now\}\?/],
  ['/x?d={now-1', /\{now-1 without its \}, which .* did you mean \{now-1\}\?/],
  ['/x?d=now}', /the macro \}, which does not exist/],
  ["{'{list_id}'}", /\{LOOKUP\.COLUMN\}\), and \{parent\.FIELD\}/],
  ['{lists.idd', /did you mean \{lists\.id\}\?/],
  ['{window.middle}', /\{window\.middle\}/],
  ['{nowish}', /\{nowish\}/],
  ['(now-4d)', /the macro \(now-4d\), which .* did you mean \{now-4\}\?/],
  ['(Now-4)', /did you mean \{now-4\}\?/],
  ['(now + 2)', /did you mean \{now\+2\}\?/],
  ['{(Now-1)}', /did you mean \{now-1\}\?/],
  ['{now-99999999999999999}', /outside the range of dates/],
] as const
for (const [text, says] of unknown) {
  test(`${text} is refused by name`, () => {
    assert.throws(() => compileMacros(text, macros, 'address'), { message: says })
  })
}

const meant = [
  ['header', '{yesterday}'],
  ['header', '{now-1d}'],
  ['header', '{lists.id.x'],
  ['body', '{now-1d}'],
  ['body', '{"at": "{Now-1}"}'],
  ['body', '{"at": "{ now - 1 }"}'],
  ['body', '{window.strat}'],
] as const
for (const [place, text] of meant) {
  test(`${text} in a ${place} was meant as a macro, and is refused`, () => {
    const known = { ...macros, tables: new Map([['lists', { stream: 'lists', columns: ['id'] }]]) }
    assert.throws(() => compileMacros(text, known, place), { message: /does not exist here/ })
  })
}

const literal = [
  ['header', '{"a": 1}'],
  ['header', '{}'],
  ['body', '{id} {other} {other.id} {1}'],
  ['body', 'query { now { at } }'],
  ['body', '{"now-1": 2, "window": {"start": 1}}'],
] as const
for (const [place, text] of literal) {
  test(`${text} in a ${place} stays as it is`, () => {
    assert.equal(
      compileMacros(text, macros, place).fill({ values, window }, one => one),
      text,
    )
  })
}

test('the ends of the window that a text uses are known, and those in double braces are none', () => {
  assert.deepEqual(compileMacros('{window.end} {now}', macros).windows, ['window.end'])
  assert.deepEqual(compileMacros('{{window.start}} {lists.id}', macros).windows, [])
  assert.deepEqual(compileMacros('{window.start} {lists.id} {lists.id}', macros).names, ['lists.id'])
})

test('a field of the parent may lie deeper, and its whole path is its name', () => {
  const text = compileMacros('/x/{parent.owner.id}', macros, 'address')
  assert.deepEqual(text.names, ['parent.owner.id'])
  assert.equal(
    text.fill({ values: { 'parent.owner.id': '7' }, window }, one => one),
    '/x/7',
  )
})

test('for an API that takes the end of a window as a part of it, the end is written earlier', () => {
  const inclusive = { ...macros, endsEarlierMs: 1000 }
  const text = compileMacros('{window.start}/{window.end}', inclusive)
  assert.equal(
    text.fill({ values, window }, one => one),
    '2026-02-01T00:00:00Z/2026-02-01T23:59:59Z',
  )
})
