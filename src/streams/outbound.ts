import { defineStream, listAt } from '../engine/define.ts'
import { unpaged } from '../engine/paginate.ts'
import { seedPages, unpagedList, v2Pages } from './dialects.ts'

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
  parent: { stream: 'outbound_lists', field: 'id', as: 'list_id', stamp: 'listId' },
  routes: [
    {
      source: 'documented',
      operation: 'listOutboundLeads',
      path: '/api/v2/outbound/leads',
      query: { listId: '{list_id}' },
      records: listAt('items'),
      paginate: v2Pages,
    },
    {
      source: 'documented',
      operation: 'listLeadsInList',
      path: '/api/v2/outbound/lists/{list_id}/leads',
      records: listAt('items'),
      paginate: unpaged,
    },
    {
      source: 'seed',
      path: '/api/v2/outbound/lists/{list_id}/leads',
      records: listAt('leads'),
      paginate: seedPages,
    },
  ],
})
