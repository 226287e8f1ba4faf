import { defineStream } from '../engine/define.ts'
import { list } from './dialects.ts'

export const agents = defineStream({
  name: 'agents',
  template: 'List Agents',
  primaryKey: ['id'],
  routes: list('/api/v2/agents', 'agents', 'listAgents'),
})
