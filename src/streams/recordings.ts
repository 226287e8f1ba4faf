import { defineStream } from '../engine/define.ts'
import { list } from './dialects.ts'

export const recordings = defineStream({
  name: 'recordings',
  template: 'List Recordings',
  primaryKey: ['id'],
  routes: list('/api/v2/recordings', 'recordings', 'listRecordings'),
})
