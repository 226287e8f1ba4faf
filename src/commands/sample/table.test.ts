import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordTable } from './table.ts'

/** How many columns of a terminal a line takes: two for each of the wide letters in these tests. */
function columnsOf(line: string): number {
  const wide = /\p{Script=Han}|\p{Emoji_Presentation}/u
  const letters = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)
  return [...letters].reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0)
}

const record = { id: 'a1', name: 'Ada', tags: ['x'], note: null, long: 'x'.repeat(200) }

test('records are rows under their fields, nested values as JSON, null as nothing', async () => {
  const table = await recordTable([record, { id: 'b2', other: 1 }], 200)
  assert.match(table, /│ id +│ name +│ tags +│ long +│ other +│ note +│/)
  assert.match(table, /│ a1 +│ Ada +│ \["x"\] +│ x+… +│ +│ +│/)
  assert.match(table, /│ b2 +│/)
})

test('only a rule under the head: rows are not separated', async () => {
  const lines = (await recordTable([{ a: 1 }, { a: 2 }, { a: 3 }], 80)).split('\n')
  assert.deepEqual(
    lines.map(([first]) => first),
    ['┌', '│', '├', '│', '│', '│', '└'],
  )
})

test('fields that tell records apart come first, then constant ones, then empty ones', async () => {
  const rows = [
    { none: null, blank: '', list: [], same: true, id: 'a', nested: { a: 1 }, some: 'x' },
    { none: null, list: {}, same: true, id: 'b', nested: { a: 1 } },
  ]
  const [, head = ''] = (await recordTable(rows, 120)).split('\n')
  assert.deepEqual(head.match(/\w+/g), ['id', 'some', 'same', 'nested', 'none', 'blank', 'list'])
})

test('of a single record no field counts as constant', async () => {
  const [, head = ''] = (await recordTable([{ a: null, b: 1, c: 2 }], 120)).split('\n')
  assert.deepEqual(head.match(/\w+/g), ['b', 'c', 'a'])
})

const ids = [
  { says: 'an id of hexadecimal digits', value: '5f0c2b6ad2f34c6c9e4c5b7a1d2e3f40', shows: '5f0c2b6a…' },
  { says: 'an id with dashes', value: '5F0C2B6A-d2f3-4c6c-9e4c-5b7a1d2e3f40', shows: '5F0C2B6A…' },
  { says: 'ids in a list', value: ['5f0c2b6ad2f34c6c9e4c5b7a1d2e3f40'], shows: '["5f0c2b6a…"]' },
  { says: 'no phone number', value: '+4930123456789012', shows: '+4930123456789012' },
  {
    says: 'no part of an address',
    value: '/calls/5f0c2b6ad2f34c6c9e4c5b7a',
    shows: '/calls/5f0c2b6ad2f34c6c9e4c5b7a',
  },
]
for (const { says, value, shows } of ids) {
  test(`${says} is cut to eight characters`.replace(/^no (.*) is/, 'no $1 is'), async () => {
    assert.ok((await recordTable([{ value }], 80)).includes(`│ ${shows} `))
  })
}

test('no line is wider than the terminal, however wide that is', async () => {
  for (let width = 8; width < 120; width += 1) {
    const table = await recordTable([record, { a: 1, b: 2, c: 3, d: 4 }], width)
    for (const line of table.split('\n'))
      assert.ok(line.length <= width, `${line.length} of ${width}: ${line}`)
  }
})

test('fields that do not fit are named below', async () => {
  const table = await recordTable([record], 28)
  assert.match(table, /\nand 2 more columns: long,\nnote$/)
  assert.match(await recordTable([record], 40), /\nand 2 more columns: long, note$/)
})

test('one field that is wider than the terminal is cut rather than left out', async () => {
  assert.match(await recordTable([{ long: 'x'.repeat(200) }], 20), /│ x+… │/)
})

const wide = ['漢字漢字', '🙂🙂🙂', '漢'.repeat(99), '🙂'.repeat(99), '👩‍💻'.repeat(30)]
// As many letters without a width of their own as there are wide ones: the text is as long as it is wide.
const even = ['漢'.repeat(30) + 'e\u0301'.repeat(30), '漢'.repeat(33) + '👩‍💻'.repeat(11)]
for (const text of [...wide, ...even]) {
  for (const width of [8, 31, 60]) {
    test(`bars stay in line at ${width} columns beside ${text.slice(0, 4)}… of ${text.length}`, async () => {
      const lines = (await recordTable([{ a: text, b: 'x' }, { a: 'y' }], width)).split('\n')
      const bars = lines.filter(line => /^[┌├│└]/.test(line))
      assert.equal(new Set(bars.map(columnsOf)).size, 1)
      assert.ok(lines.every(line => columnsOf(line) <= width))
      assert.doesNotMatch(lines.join(), /\p{Cs}|\u200d…/u)
    })
  }
}

test('a column is as wide as its text, from four to forty', async () => {
  const table = await recordTable([{ a: '漢字漢字', b: 1, c: 'x'.repeat(41) }], 100)
  assert.match(table, /│ 漢字漢字 │ 1 {4}│ x{39}… │/)
})

test('names that did not fit are wrapped, and cut where one alone is too long', async () => {
  const names = ['a', 'x'.repeat(60), '漢'.repeat(30), 'k', 'l']
  const table = await recordTable([Object.fromEntries(names.map(name => [name, 1]))], 20)
  const below = table.slice(table.indexOf('and '))
  assert.equal(below, `and 4 more columns:\n${'x'.repeat(18)}…,\n${'漢'.repeat(9)}…,\nk, l`)
})

test('a terminal too narrow for any table gets one of eight columns', async () => {
  for (const width of [0, 3]) {
    const [top] = (await recordTable([{ abcdefgh: 1 }], width)).split('\n')
    assert.equal(top, '┌──────┐')
  }
})

test('fields called like what every object has are empty where a record lacks them', async () => {
  const table = await recordTable([JSON.parse('{"__proto__": 5}'), { toString: 'x' }], 80)
  assert.match(table, /│ 5 +│ +│/)
  assert.match(table, /│ +│ x +│/)
})

test('what could steer the terminal is shown as a box', async () => {
  const table = await recordTable([{ 'a\u001b[2J': 'x\u001b]0;evil\u0007\u009b1m\ny' }], 80)
  assert.doesNotMatch(table, /[\p{Cc}--\n]/v)
  assert.match(table, /x\ufffd]0;evil\ufffd\ufffd1m y/)
})

test('a value cannot turn around the text of its line, or hide in it', async () => {
  const table = await recordTable([{ a: 'x\u202egpj\u2066\u200b.exe\ud83d' }], 80)
  assert.match(table, /x\ufffdgpj\ufffd\ufffd\.exe\ufffd /)
})

test('without records, or without fields, it says so', async () => {
  assert.equal(await recordTable([], 80), 'no records')
  assert.equal(await recordTable([{}, {}], 80), 'records without fields')
})
