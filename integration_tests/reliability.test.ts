import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { faultTable } from '../simulator/faults/index.ts'

test('docs/reliability.md says of every fault of the simulator what happens then', () => {
  const text = readFileSync(new URL('../docs/reliability.md', import.meta.url), 'utf8')
  const missing = faultTable
    .map(row => row.says.split(':')[0] ?? '')
    .filter(name => !text.includes(`\`${name}\``))
  assert.deepEqual(missing, [])
})
