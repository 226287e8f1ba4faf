import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityOf } from './compile.ts'
import type { CustomStreamConfig } from './config.ts'

const STREAM: CustomStreamConfig = { name: 'tickets', url: '/tickets?from={window.start}' }

const changes: readonly (readonly [name: string, more: Partial<CustomStreamConfig>])[] = [
  ['url', { url: '/tickets' }],
  ['method', { method: 'POST' }],
  ['body', { body: '{}' }],
  ['data_path', { data_path: '$.items' }],
  ['primary_key', { primary_key: ['id'] }],
  ['cursor_field', { cursor_field: 'created' }],
  ['parent', { parent: 'agents' }],
]

for (const [name, more] of changes) {
  test(`a custom stream is another one once its ${name} changes`, () => {
    const [before, after] = [identityOf(STREAM), identityOf({ ...STREAM, ...more })]
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    assert.deepEqual(
      [...names].filter(one => before[one] !== after[one]),
      [name],
    )
  })
}

const kept: readonly Partial<CustomStreamConfig>[] = [
  { name: 'issues' },
  { method: 'GET' },
  { headers: 'X-Key: rotated' },
  { lookups: ['regions'] },
  { pagination: { type: 'page', page_parameter: 'p', size_parameter: 'n' } },
  { parallelism: 2 },
  { primary_key: [] },
]

for (const more of kept) {
  test(`it stays the same with ${JSON.stringify(more)}`, () =>
    assert.deepEqual(identityOf({ ...STREAM, ...more }), identityOf(STREAM)))
}
