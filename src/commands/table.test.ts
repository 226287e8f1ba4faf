import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordTable } from './table.ts'

const record = { id: 'a1', name: 'Ada', tags: ['x'], note: null, long: 'x'.repeat(200) }

test('records stand in rows under their fields, nested values as JSON, null as nothing', async () => {
  const table = await recordTable([record, { id: 'b2', other: 1 }], 200)
  assert.match(table, /│ id +│ name +│ tags +│ note +│ long +│ other +│/)
  assert.match(table, /│ a1 +│ Ada +│ \["x"\] +│ +│ x+… +│ +│/)
  assert.match(table, /│ b2 +│/)
})

for (const width of [30, 60, 80, 200]) {
  test(`no line is wider than a terminal of ${width} columns`, async () => {
    const table = await recordTable([record], width)
    for (const line of table.split('\n')) assert.ok(line.length <= width, `${line.length}: ${line}`)
  })
}

test('fields that do not fit are named below', async () => {
  const table = await recordTable([record], 28)
  assert.match(table, /\nand 2 more columns: note,\nlong$/)
  assert.match(await recordTable([record], 40), /\nand 1 more column: long$/)
})

test('one field that is wider than the terminal is cut rather than left out', async () => {
  assert.match(await recordTable([{ long: 'x'.repeat(200) }], 20), /│ x+… │/)
})

test('letters that take two columns do not break the bars', async () => {
  const table = await recordTable(
    [
      { a: '漢字漢字', b: '🙂' },
      { a: 'x', b: 'y' },
    ],
    80,
  )
  const bars = table.split('\n').filter(line => line.includes('│'))
  assert.equal(new Set(bars.map(line => line.split('│').length)).size, 1)
})

test('what could steer the terminal is shown as a box', async () => {
  const table = await recordTable([{ 'a\u001b[2J': 'x\u001b]0;evil\u0007\u009b1m\ny' }], 80)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(table, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  assert.match(table, /x\ufffd]0;evil\ufffd\ufffd1m y/)
})

test('without records it says so', async () => {
  assert.equal(await recordTable([], 80), 'no records')
})
