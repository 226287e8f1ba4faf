import { defineStream } from '../engine/stream/definition.ts'
import { detail, list, snapshotOf, v2List } from './dialects.ts'

export const queues = defineStream({
  name: 'queues',
  template: 'List Queues',
  primaryKey: ['id'],
  routes: list('/api/v2/queues', 'queues', 'listQueues'),
})

export const queueDetails = defineStream({
  name: 'queue_details',
  template: 'Get Queue',
  ...detail('queues', 'queues', '/api/v2/queues/{id}', 'getQueue'),
})

/** Which agents, groups and tags each queue routes to. */
export const queueSelections = defineStream({
  name: 'queue_selections',
  primaryKey: ['id'],
  routes: [
    v2List('/api/v2/queues/selections', 'listGlobalQueueSelections', { query: { includeMembers: true } }),
  ],
})

export const queuedCalls = defineStream({
  name: 'queued_calls',
  primaryKey: ['queue_id', 'id', 'queried_at'],
  parent: { stream: 'queues', field: 'id', as: 'queue_id' },
  adapt: snapshotOf('queue_id'),
  costly: true,
  routes: [v2List('/api/v2/queues/{queue_id}/calls', 'listQueuedCalls')],
})
