import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../json.ts'
import { pageOf } from '../../lists-testing.ts'
import { type Api, CALLS, HOUR, listRoute, NOW, read, SECOND, things } from '../../testing.ts'
import { collectIds, textOf } from './parent-ids.ts'

const agents = things({ name: 'agents', routes: [listRoute({ path: '/agents' })] })
const logs = things({
  name: 'logs',
  parent: { stream: 'agents', field: 'id', as: 'agent_id' },
  routes: [listRoute({ path: '/agents/{agent_id}/logs' })],
})
const legs = things({
  ...logs,
  name: 'legs',
  incremental: { strategy: 'through-parent', field: 'dateCreated' },
  parent: { stream: 'calls', field: 'id', as: 'agent_id' },
})

const ids: readonly { readonly says: string; readonly id?: Json; readonly path?: string }[] = [
  { says: 'no id' },
  { says: 'null', id: null },
  { says: 'an empty text', id: '' },
  { says: 'an object', id: { of: 'it' } },
  { says: 'a list', id: ['a'] },
  { says: 'a dot', id: '.' },
  { says: 'two dots', id: '..' },
  { says: 'a number', id: 7, path: '/agents/7/logs' },
  { says: 'three dots', id: '...', path: '/agents/.../logs' },
  { says: 'a slash', id: '/', path: '/agents/%2F/logs' },
]
const dateCreated = new Date(NOW - HOUR).toISOString()
const settings = { startMs: NOW - 24 * HOUR }

/** An account whose parents are one with an id, and this one. */
function accountOf(odd: object): Api {
  return request => {
    const isAsked = Number(request.query?.['time.start'] ?? 0) * SECOND < NOW - HOUR
    const rows = [
      { id: 'a', dateCreated },
      { ...odd, dateCreated },
    ]
    const parents: readonly Json[] = isAsked ? rows : []
    return pageOf(request.path.includes('/logs') ? [{ id: request.path }] : parents, request)
  }
}

for (const [child, parent] of [
  [logs, agents],
  [legs, CALLS],
] as const)
  for (const { says, path, ...odd } of ids) {
    const at = (nowMs: number) => ({ others: [parent], nowMs, settings: { ...settings, endMs: nowMs } })
    if (path !== undefined)
      test(`${child.name} are asked for by ${says}`, async () => {
        const { asked, error } = await read(child, accountOf(odd), at(NOW))
        assert.deepEqual([asked.some(one => one.path === path), error], [true, undefined])
      })
    else
      test(`${child.name} of a parent that has ${says} for its id are known to be missing, until that is an hour old`, async () => {
        const first = await read(child, accountOf(odd), at(NOW))
        assert.match(`${first.error}`, /1 record of one part came without a key that can be used/)
        const paths = first.asked.map(one => one.path).filter(one => one.includes('/logs'))
        assert.deepEqual([first.ids, paths], [['/agents/a/logs'], ['/agents/a/logs']])
        const progress = first.last ?? assert.fail()
        const sooner = await read(child, accountOf(odd), { ...at(NOW + HOUR - SECOND), progress })
        assert.equal(sooner.error?.failure, 'transient_error')
        const later = await read(child, accountOf(odd), { ...at(NOW + HOUR), progress })
        assert.equal(later.error, undefined)
        assert.match(
          later.lines.join(),
          /WARN \w+: 1 record of one part came without a key .* They are left out for good/,
        )
      })
  }

test('a field of a record is taken as text, and one that is not there is left out', async () => {
  const taken = new Set<string>()
  const rows = [{ id: 'a' }, { id: 7 }, { id: false }, { id: { of: 1 } }, { id: ['b'] }, { id: null }, {}]
  await collectIds('id', taken)(rows.map(json => ({ json })))
  assert.deepEqual([...taken], ['a', '7', 'false', '{"of":1}', '["b"]'])
  assert.equal(textOf({ id: { of: 'it' } }, 'id.of'), 'it')
})
