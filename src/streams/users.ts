import { defineStream } from '../engine/define.ts'
import { unpagedList } from './dialects.ts'

export const users = defineStream({
  name: 'users',
  template: 'List Users',
  primaryKey: ['id'],
  routes: unpagedList('/api/v2/users', 'users', 'listUsers'),
})
