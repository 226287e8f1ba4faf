import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { byTime, listAt, type StreamDef } from '../../src/engine/stream/definition.ts'
import { unpaged } from '../../src/engine/stream/paginators.ts'
import { FAULTS, lossOf } from '../harness/faults.ts'
import { startSmall, suiteConfig } from '../harness/standard.ts'
import { catalogOf, idsOf, read, recordsOf } from '../harness/sync.ts'

const KEYED = { primary_key: ['id'], data_path: '$.items[*]' }

/** Custom streams of every kind of paging, each with the name that the simulator has for it. */
const CUSTOM_STREAMS: readonly (readonly [stream: object, world: string])[] = [
  [{ name: 'numbered', url: '/api/v2/agents', pagination: { type: 'page', size: 10 }, ...KEYED }, 'agents'],
  [
    {
      name: 'in_xml',
      url: '/api/v2/demo/xml/calls',
      response_format: 'xml',
      data_path: '/response/data/item',
      pagination: { type: 'page', size_parameter: 'size', size: 20 },
      primary_key: ['id'],
    },
    'demo_xml',
  ],
  [
    {
      name: 'by_token',
      url: '/api/v2/demo/tokens?size=20',
      pagination: { type: 'next_token', token_path: '$.paging.next', token_parameter: 'token' },
      ...KEYED,
    },
    'demo_tokens',
  ],
  [
    {
      name: 'by_address',
      url: '/api/v2/demo/next-url?size=20',
      pagination: { type: 'next_url', url_path: '$.links.next' },
      ...KEYED,
    },
    'demo_next_url',
  ],
  [
    { name: 'by_link', url: '/api/v2/demo/link?size=20', pagination: { type: 'link_header' }, ...KEYED },
    'demo_link',
  ],
  [
    {
      name: 'searched',
      method: 'POST',
      url: '/api/v2/demo/search',
      body: '{"query": {"from": "{window.start}", "to": "{window.end}"}, "size": 20}',
      pagination: { type: 'next_token', token_path: '$.result.next_token', token_parameter: 'token' },
      data_path: '$.result.hits[*]',
      primary_key: ['id'],
      cursor_field: 'dateCreated',
    },
    'demo_search',
  ],
  [
    {
      name: 'chained',
      url: '/api/v2/outbound/lists/{parent.id}/leads',
      parent: 'outbound_lists',
      ...KEYED,
    },
    'outbound_leads',
  ],
]
const STREAMS = CUSTOM_STREAMS.map(([stream]) => stream)
const DEFS = CUSTOM_STREAMS.map(([{ name }, world]: readonly [{ name?: string }, string]) => ({
  def: defOf(name ?? ''),
  world,
}))

/** As much of a definition as judging a sync takes. */
function defOf(name: string): StreamDef {
  const route = { source: 'custom', path: '/', records: listAt('items'), paginate: unpaged } as const
  const chained =
    name === 'chained' ? { parent: { stream: 'outbound_lists', field: 'id', as: 'parent.id' } } : {}
  return { name, primaryKey: ['id'], incremental: byTime('dateCreated'), routes: [route], ...chained }
}

/** Lists that do not say how many records they have: nobody can see that they shrank while they were read, or that the API
 *  refuses to go on before their end. */
const UNCOUNTED = ['in_xml', 'by_address', 'by_link']
const SEEN_BY_COUNTS = ['shrink', 'cap-pages:2']

describe('every custom stream survives or reports', { concurrency: 3 }, () => {
  for (const faults of FAULTS) {
    test(faults, async () => {
      await using simulator = await startSmall('documented', { faults })
      const keys = await Promise.all(DEFS.map(({ world }) => idsOf(simulator, world)))
      const config = suiteConfig(simulator, { custom_streams: STREAMS })
      const catalog = catalogOf(DEFS.map(({ def }) => def.name))
      const ended = await read({ config, catalog })
      const still = faults === 'shrink' ? await read({ config, catalog }) : undefined
      const silent = DEFS.flatMap(({ def }, index) => {
        if (SEEN_BY_COUNTS.includes(faults) && UNCOUNTED.includes(def.name)) return []
        const there = still && new Set(recordsOf(still, def.name).map(({ id }) => id))
        return lossOf(
          def,
          (keys[index] ?? []).filter(key => there === undefined || there.has(key)),
          ended,
        )
      })
      assert.deepEqual(silent, [])
    })
  }
})
