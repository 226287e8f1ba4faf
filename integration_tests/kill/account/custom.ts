import { byTime, listAt, type StreamDef } from '../../../src/engine/stream/definition.ts'
import { unpaged } from '../../../src/engine/stream/paginators.ts'
import type { Kind, StreamFacts } from '../knobs/knob.ts'

/** A stream that the connector reads by a definition in its config. */
interface CustomStream {
  readonly kind: Kind
  /** The simulator's stream that it reads. */
  readonly source: string
  /** The only world that has what it reads, where not both have it. */
  readonly world?: 'documented' | 'seed'
  readonly config: { readonly url: string; readonly [field: string]: unknown }
}

const ITEMS = { data_path: '$.items[*]', primary_key: ['id'] }

/** Streams of every kind of custom definition, by name. */
const CUSTOM: Readonly<Record<string, CustomStream>> = {
  custom_page: {
    kind: 'plain',
    source: 'demo_xml',
    config: {
      url: '/api/v2/demo/xml/calls',
      response_format: 'xml',
      data_path: '/response/data/item',
      total_path: '/response/meta/total',
      pagination: { type: 'page', size_parameter: 'size', size: 7 },
      primary_key: ['id'],
    },
  },
  custom_offset: {
    kind: 'plain',
    source: 'calls',
    world: 'seed',
    config: {
      url: '/api/v2/calls',
      data_path: '$.calls[*]',
      pagination: { type: 'offset', size: 7 },
      primary_key: ['id'],
    },
  },
  custom_token: {
    kind: 'plain',
    source: 'demo_tokens',
    config: {
      url: '/api/v2/demo/tokens?size=7',
      pagination: { type: 'next_token', token_path: '$.paging.next', token_parameter: 'token' },
      ...ITEMS,
    },
  },
  custom_next_url: {
    kind: 'plain',
    source: 'demo_next_url',
    config: {
      url: '/api/v2/demo/next-url?size=7',
      pagination: { type: 'next_url', url_path: '$.links.next' },
      ...ITEMS,
    },
  },
  custom_link: {
    kind: 'plain',
    source: 'demo_link',
    config: { url: '/api/v2/demo/link?size=7', pagination: { type: 'link_header' }, ...ITEMS },
  },
  custom_window: {
    kind: 'windowed',
    source: 'demo_search',
    config: {
      method: 'POST',
      url: '/api/v2/demo/search',
      body: '{"query": {"from": "{window.start}", "to": "{window.end}"}, "size": 7}',
      pagination: { type: 'next_token', token_path: '$.result.next_token', token_parameter: 'token' },
      data_path: '$.result.hits[*]',
      primary_key: ['id'],
      cursor_field: 'dateCreated',
    },
  },
  custom_child: {
    kind: 'children',
    source: 'outbound_leads',
    world: 'documented',
    config: { url: '/api/v2/outbound/lists/{parent.id}/leads', parent: 'outbound_lists', ...ITEMS },
  },
  custom_lookup: {
    kind: 'children',
    source: 'agent_details',
    world: 'documented',
    config: {
      url: '/api/v2/agents/{people.id}',
      lookups: ['people'],
      data_path: '$.item',
      primary_key: ['id'],
    },
  },
}

/** The part of a config that defines all of them. */
export const CUSTOM_CONFIG = {
  custom_streams: Object.entries(CUSTOM).map(([name, { config }]) => ({ name, ...config })),
  lookups: [{ name: 'people', source: { type: 'stream', stream: 'agents' } }],
}

/** How each of them is read, by name. */
export const CUSTOM_KINDS: Readonly<Record<string, Kind>> = Object.fromEntries(
  Object.entries(CUSTOM).map(([name, { kind }]) => [name, kind]),
)

/** Whether a stream is read by a definition in the config. */
export function isCustom(stream: string): boolean {
  return stream in CUSTOM
}

/** Streams whose next page is what the API names as such. */
const NAMED = ['custom_token', 'custom_next_url', 'custom_link', 'custom_window']

/** How a stream is paged. */
export function pagingOf(stream: string): StreamFacts['paging'] {
  if (!isCustom(stream)) return 'own'
  return NAMED.includes(stream) ? 'named' : 'counted'
}

/** Whether a world has what a stream reads. */
export function isIn(world: 'documented' | 'seed', stream: string): boolean {
  return (CUSTOM[stream]?.world ?? world) === world
}

/** The simulator's stream that a stream reads. */
export function sourceOf(stream: string): string {
  return CUSTOM[stream]?.source ?? stream
}

/** As much of a custom stream's definition as judging takes; undefined for other streams. */
export function customDefinition(name: string): StreamDef | undefined {
  const { kind, config } = CUSTOM[name] ?? {}
  if (kind === undefined) return undefined
  const path = config?.url.replace(/\?.*/, '') ?? ''
  const route = { source: 'custom', path, records: listAt('items'), paginate: unpaged } as const
  const def = { name, primaryKey: ['id'], routes: [route] } as const
  return kind === 'windowed' ? { ...def, incremental: byTime('dateCreated') } : def
}
