import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import spec from '../../src/config/spec.json' with { type: 'json' }

const PAGE = await readFile(new URL('../../docs/custom-streams.md', import.meta.url), 'utf8')
const ROW = /^\| (.+?) \| .+ \| `([\w./-]+)`: (.+) \|$/gm

/** The rows of the last table: what is asked for, the file of the test that shows it, and words of the test's name. */
const rows = [...PAGE.matchAll(ROW)].map(([, says = '', file = '', words = '']) => ({ says, file, words }))

test('the table has a row for every statement', () => {
  assert.equal(rows.length, 38)
})

for (const { says, file, words } of rows) {
  test(`"${says}" names a test that exists`, async () => {
    const text = await readFile(new URL(`../${file}`, import.meta.url), 'utf8')
    const names = [
      ...text.matchAll(/test\(\s*[`'"](.*)[`'"],/g),
      ...text.matchAll(/^ {2,4}(?:\[|\{? ?says: )?[`'](.*?)[`'],/gm),
    ]
    assert.ok(
      names.some(([, name]) => name?.includes(words)),
      `no test in ${file} is called ... ${words} ...`,
    )
  })
}

test('every field of a custom stream is on the page', () => {
  const fields = Object.keys(spec.connectionSpecification.properties.custom_streams.items.properties)
  for (const field of fields) assert.ok(PAGE.includes(`\`${field}\``), field)
})
