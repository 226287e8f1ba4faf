import { defineStream } from '../engine/stream/definition.ts'
import { list, v2List, v2Whole } from './dialects.ts'

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

/** The kinds of events that automations can react to. An id is optional; the code is unique. */
export const eventDefinitions = defineStream({
  name: 'event_definitions',
  primaryKey: ['code'],
  routes: [v2Whole('/api/v2/events', 'listEvents')],
})
