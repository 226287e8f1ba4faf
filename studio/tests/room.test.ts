import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('nothing imports the studio, but for the program that starts it from a checkout', () => {
  const files = globSync(['{src,packages,simulator,scripts,bench,bin}/**/*.{ts,mjs}'], { cwd: root })
  const importers = files.filter(file => importsOf(file).some(target => target.startsWith('studio/')))
  assert.deepEqual(importers, ['bin/source-babelforce.mjs'])
})

test('the studio is in no image: its build sees neither the room nor the program that starts it', () => {
  const seen = read('.dockerignore')
    .split('\n')
    .filter(line => line.startsWith('!'))
  assert.ok(seen.includes('!src'))
  assert.deepEqual(
    seen.filter(line => /studio|bin\b|^!\*/.test(line)),
    [],
  )
  assert.match(read('scripts/build.ts'), /entryPoints: \{ main: 'src\/cli\.ts' \}/)
})

test('the page takes from the connector only what needs no machine: its bundle holds nothing of Node', () => {
  const files = globSync('studio/page/**/*.{ts,tsx}', { cwd: root })
  const wrong = files.filter(file => /from 'node:|\/(run|server)\//.test(read(file)))
  assert.deepEqual(wrong, [])
})

test('no file of the studio is longer than 200 lines', () => {
  const files = globSync('studio/**/*.{ts,tsx}', { cwd: root }).filter(file => !file.endsWith('.test.ts'))
  assert.deepEqual(
    files.filter(file => read(file).split('\n').length > 200),
    [],
  )
})

/** The project files that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/'(\.{1,2}\/[^']+)'/g)
  return [...found].map(([, target = '']) => normalize(join(dirname(file), target)))
}
