import { byOwnTime, defineStream } from '../engine/stream/definition.ts'
import { list, v2List } from './dialects.ts'

/** The building blocks of call flows: IVR modules of many shapes. */
export const applications = defineStream({
  name: 'applications',
  template: 'List Applications',
  primaryKey: ['id'],
  routes: list('/api/v2/applications', 'applications', 'listApplications'),
})

/** A path that only the seed knows; the documented API has applications, routings and local_automations instead. */
export const callFlows = defineStream({
  name: 'call_flows',
  template: 'List Call Flows',
  primaryKey: ['id'],
  absence: 'empty',
  routes: list('/api/v2/call-flows', 'callFlows', 'seed 000'),
})

export const routings = defineStream({
  name: 'routings',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/routings', 'listRoutings')],
})

export const numbers = defineStream({
  name: 'numbers',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/numbers', 'listServiceNumbers')],
})

export const phonebook = defineStream({
  name: 'phonebook',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/phonebook', 'listPhonebookEntrys')],
})

export const prompts = defineStream({
  name: 'prompts',
  primaryKey: ['id'],
  incremental: byOwnTime('lastUpdated'),
  routes: [v2List('/api/v2/prompts', 'listPrompts')],
})
