import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted, inThousands } from './counted.ts'

const ROWS = [
  [0, '0'],
  [1, '1'],
  [999, '999'],
  [1_000, '1,000'],
  [98_839, '98,839'],
  [1_234_567, '1,234,567'],
] as const

for (const [count, text] of ROWS) {
  test(`${count} is written ${text}`, () => {
    assert.equal(inThousands(count), text)
    assert.equal(counted(count, 'record'), `${text} record${count === 1 ? '' : 's'}`)
  })
}
