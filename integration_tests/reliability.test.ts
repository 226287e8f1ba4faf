import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { faultTable } from '../simulator/faults/index.ts'
import { knobs } from './kill/knobs/index.ts'

const root = new URL('../', import.meta.url)
const page = readFileSync(new URL('docs/reliability.md', root), 'utf8')
const rows = page.split('\n').filter(line => /^\| (?!---)/.test(line))

test('docs/reliability.md says of every fault of the simulator what happens then', () => {
  const missing = faultTable
    .map(row => row.says.split(':')[0] ?? '')
    .filter(name => !page.includes(`\`${name}\``))
  assert.deepEqual(missing, [])
})

test('docs/reliability.md names every reason of a verdict', () => {
  const source = readFileSync(new URL('src/engine/evidence/verdict.ts', root), 'utf8')
  const reasons = [...source.matchAll(/^ \* {2}- `([^`]+)`:/gm)].map(([, reason = '']) => reason)
  assert.ok(reasons.length >= 11, `${reasons}`)
  assert.deepEqual(
    reasons.filter(reason => !rows.some(row => row.startsWith(`| \`${reason}\` |`))),
    [],
  )
})

test('every row of docs/reliability.md names a test, and each that is named is there', () => {
  const cells = rows.map(row => row.split('|').at(-2)?.trim() ?? '').filter(cell => cell !== 'shown by')
  assert.ok(cells.length > 70, `${cells.length} rows`)
  const named = cells.flatMap(cell => cell.replaceAll('`', '').split(', '))
  assert.deepEqual(
    named.filter(name => !existsSync(new URL(fileOf(name), root))),
    [],
  )
})

test('a fault is shown by kill where that tries it', () => {
  const known = new Set(knobs.map(({ name }) => name))
  const wrong = rows.filter(row => {
    const faults = [...(row.split('|')[1] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, name = '']) => name)
    const isShown = /(?:\| |, )kill(?:,| \|)/.test(row)
    return isShown && faults.some(name => name.includes('-') && !known.has(name))
  })
  assert.deepEqual(wrong, [])
})

function fileOf(name: string): string {
  if (name.includes('/')) return `${name}.test.ts`
  return `integration_tests/${name === 'kill' ? 'kill/kill' : name}.test.ts`
}
