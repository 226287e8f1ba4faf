import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import manifest from '../../package.json' with { type: 'json' }

const LICENCES = await readFile(new URL('../../dist/LICENCES.txt', import.meta.url), 'utf8')

for (const [name, version] of Object.entries(manifest.dependencies)) {
  test(`the bundle holds the licence of ${name}`, () => {
    const start = LICENCES.indexOf(`${name} ${version} (`)
    assert.ok(start >= 0)
    assert.match(LICENCES.slice(start, start + 400), /licen[cs]e|copyright/i)
  })
}
