import { byOwnTime, defineStream } from '../engine/stream/definition.ts'
import { seedList, unpagedList, v2List, v2Whole } from './dialects.ts'

export const outboundLists = defineStream({
  name: 'outbound_lists',
  template: 'List Outbound Lists',
  primaryKey: ['id'],
  routes: unpagedList('/api/v2/outbound/lists', 'lists', 'listOutboundLists'),
})

/** The leads of each list. The account-wide endpoint with a filter comes first, since the list's own has no paging in
 *  the vendor's document. */
export const outboundLeads = defineStream({
  name: 'outbound_leads',
  template: 'Get Outbound Leads',
  primaryKey: ['id'],
  parent: { stream: 'outbound_lists', field: 'id', as: 'list_id', stamp: 'listId', ids: 'outbound_lists' },
  routes: [
    v2List('/api/v2/outbound/leads', 'listOutboundLeads', { query: { listId: '{list_id}' } }),
    v2Whole('/api/v2/outbound/lists/{list_id}/leads', 'listLeadsInList'),
    seedList('/api/v2/outbound/lists/{list_id}/leads', 'leads'),
  ],
})

export const allLeads = defineStream({
  name: 'all_leads',
  primaryKey: ['id'],
  incremental: byOwnTime('lastUpdated'),
  routes: [v2List('/api/v2/outbound/leads', 'listOutboundLeads')],
})

export const processedLeads = defineStream({
  name: 'processed_leads',
  primaryKey: ['id'],
  incremental: byOwnTime('lastUpdated'),
  routes: [v2List('/api/v2/outbound/leads/processed', 'listProcessedOutboundLeads')],
})

/** Every attempt to dial, with its lead, list, campaign and agent. */
export const outboundAttempts = defineStream({
  name: 'outbound_attempts',
  primaryKey: ['id'],
  incremental: byOwnTime('dateCreated'),
  routes: [v2List('/api/v2/outbound/attempts', 'listOutboundAttempts')],
})

export const dialerBehaviours = defineStream({
  name: 'dialer_behaviours',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/outbound/dialer-behaviours', 'listDialerBehaviours')],
})
