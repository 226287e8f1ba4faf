import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOTHING_READ, type Progress } from '../engine/state/progress.ts'
import { DAY, NOW, read, SETTINGS } from '../engine/testing.ts'
import { reply } from '../http/testing.ts'
import type { Request } from '../http/types.ts'
import type { Json } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { compileCustomStreams } from './custom-streams.ts'

const ORIGIN = 'https://services.babelforce.com'
const FILTERED = { name: 'mine', url: '/x', data_path: "$.items[?@.state == 'open']", primary_key: ['id'] }

/** Reads a stream whose list, or that of each page, holds this. */
async function readFiltered(
  pages: readonly Json[],
  more: Partial<CustomStreamConfig> = {},
  progress: Progress = NOTHING_READ,
) {
  const { streams } = await compileCustomStreams(
    { custom_streams: [{ ...FILTERED, ...more }] },
    {
      origin: ORIGIN,
      settings: { ...SETTINGS, nowMs: NOW },
      builtIn: new Set(),
      parents: new Set(),
      fieldsOf: () => undefined,
    },
  )
  const api = (_: Request, index: number) => reply(200, { items: pages[index] ?? [] })
  return read(streams[0]!.def, api, { progress: { ...progress, routes: progress.routes ?? new Map() } })
}

const at = new Date(NOW - DAY).toISOString()
const OTHERS = [{ id: 1, at, status: 'open' }]
const CLOSED = [{ id: 2, at, state: 'closed' }]
const OPEN = [{ id: 3, at, state: 'open' }]
const PAGED = { pagination: { type: 'page', size: 1 } } as const

const ROWS: readonly {
  says: string
  pages: readonly Json[]
  more?: Partial<CustomStreamConfig>
  ids: readonly string[]
  error?: RegExp
}[] = [
  { says: 'no record has is a mistake', pages: [OTHERS], ids: [], error: /no record has @\.state/ },
  { says: 'is there, but matches nothing, finds an honest nothing', pages: [CLOSED], ids: [] },
  { says: 'nothing was looked for in is no mistake', pages: [[]], ids: [] },
  { says: 'a later page has is right', pages: [OTHERS, CLOSED], more: PAGED, ids: [] },
  { says: 'a later page passes by is right', pages: [OTHERS, OPEN], more: PAGED, ids: ['3'] },
  { says: 'an earlier page had is right', pages: [CLOSED, OTHERS], more: PAGED, ids: [] },
  {
    says: 'no page has is a mistake',
    pages: [OTHERS, [{ id: 4 }]],
    more: PAGED,
    ids: [],
    error: /no record has @\.state/,
  },
  {
    says: 'the filter looks for may be absent',
    pages: [[{ id: 1 }]],
    more: { data_path: "$.items[?@.kind && @.kind == 'x']" },
    ids: [],
  },
]
for (const { says, pages, more, ids, error } of ROWS) {
  test(`a filter by a field that ${says}`, async () => {
    const found = await readFiltered(pages, more)
    assert.deepEqual(found.ids, ids)
    assert.match(found.error?.message ?? 'none', error ?? /^none$/)
    if (error !== undefined) assert.equal(found.error?.failure, 'config_error')
  })
}

const windowed = { url: '/x?from={window.start}&to={window.end}', cursor_field: 'at' }

test('a field that records had in an earlier sync is right, until the path is another', async () => {
  const before = await readFiltered([CLOSED], windowed)
  assert.deepEqual([before.error, before.last?.proven], [undefined, ['data_path', 'filter']])
  const after = await readFiltered([OTHERS], windowed, before.last)
  assert.deepEqual([after.error, after.ids], [undefined, []])
  const other = { ...windowed, data_path: "$.items[?@.stat == 'open']" }
  const changed = await readFiltered([OTHERS], other, before.last)
  assert.match(changed.error?.message ?? '', /no record has @\.stat; did you mean status\?/)
  assert.deepEqual(changed.last?.proven ?? ['data_path'], ['data_path'])
})

test('that another stream finds something at the same address proves nothing', async () => {
  const routes = new Map([['/x', { fullest: 9, probes: 0, surplus: 0, marginMs: 0 }]])
  const misspelt = { ...windowed, data_path: '$.itms' }
  const known = { ...NOTHING_READ, routes }
  const found = await readFiltered([OTHERS], misspelt, { ...known, proven: [] })
  assert.match(found.error?.message ?? '', /finds nothing in any response/)
  const ofOldVersion = await readFiltered([OTHERS], misspelt, known)
  assert.equal(ofOldVersion.error, undefined)
})
