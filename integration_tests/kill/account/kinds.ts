import { STREAMS } from '../../../src/streams/index.ts'
import type { Kind, StreamFacts } from '../knobs/knob.ts'
import { CUSTOM_KINDS, customDefinition, pagingOf } from './custom.ts'

/** The streams that are read, with how. */
export const KINDS: Readonly<Record<string, Kind>> = {
  calls: 'windowed',
  call_records: 'windowed',
  audit_logs: 'windowed',
  agent_logs: 'logs',
  agents: 'plain',
  queues: 'plain',
  outbound_lists: 'plain',
  outbound_leads: 'children',
  agent_group_members: 'children',
  campaign_leads: 'children',
  agent_details: 'children',
  sms: 'filtered',
  conferences: 'filtered',
  conversations: 'filtered',
  all_leads: 'filtered',
  total_calls: 'intervals',
  campaign_statistics: 'intervals',
  call_details: 'details',
  ...CUSTOM_KINDS,
}

/** How a stream is read. */
export function kindOf(stream: string): Kind {
  const kind = KINDS[stream]
  if (kind === undefined) throw new Error(`The stream ${stream} has no kind.`)
  return kind
}

/** Lists of the documented world that come whole and without a count, and what hangs on them. */
const UNCOUNTED = ['outbound_lists', 'outbound_leads', 'campaign_leads', 'campaign_statistics']

/** What is known of a stream in a world. */
export function factsOf(name: string, world: 'documented' | 'seed'): StreamFacts {
  const isUncounted = name in CUSTOM_KINDS || (world === 'documented' && UNCOUNTED.includes(name))
  return { name, kind: kindOf(name), isUncounted, paging: pagingOf(name) }
}

/** The definition of a stream. */
export function definitionOf(stream: string) {
  const def = customDefinition(stream) ?? STREAMS.find(one => one.name === stream)
  if (def === undefined) throw new Error(`There is no stream ${stream}.`)
  return def
}

/** Whether all that a sync delivers of a stream counts for this sync only: it is read whole each time. */
export function isReadWhole(stream: string, mode: string): boolean {
  return mode === 'full_refresh' || definitionOf(stream).incremental === undefined
}
