import { defineStream } from '../engine/stream/definition.ts'
import { list, v2List } from './dialects.ts'

export const triggers = defineStream({
  name: 'triggers',
  template: 'List Triggers',
  primaryKey: ['id'],
  routes: list('/api/v2/triggers', 'triggers', 'listTriggers'),
})

export const globalAutomations = defineStream({
  name: 'global_automations',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/events/triggers', 'listGlobalAutomations')],
})

export const localAutomations = defineStream({
  name: 'local_automations',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/automations/local', 'listAllLocalAutomations')],
})
