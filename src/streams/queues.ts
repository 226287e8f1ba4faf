import { defineStream } from '../engine/define.ts'
import { list } from './dialects.ts'

export const queues = defineStream({
  name: 'queues',
  template: 'List Queues',
  primaryKey: ['id'],
  routes: list('/api/v2/queues', 'queues', 'listQueues'),
})
