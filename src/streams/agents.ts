import { byTime, defineStream } from '../engine/stream/definition.ts'
import { detail, list, snapshotOf, v2List, v2One, v2Whole } from './dialects.ts'
import { withHash } from './hash.ts'

export const agents = defineStream({
  name: 'agents',
  template: 'List Agents',
  primaryKey: ['id'],
  routes: list('/api/v2/agents', 'agents', 'listAgents', {
    filters: { source_id: 'sourceId', enabled: 'enabled' },
  }),
})

export const agentDetails = defineStream({
  name: 'agent_details',
  template: 'Get Agent',
  ...detail('agents', 'agents', '/api/v2/agents/{id}', 'getAgent'),
})

export const agentGroups = defineStream({
  name: 'agent_groups',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/agents/groups', 'listAgentGroups')],
})

export const agentGroupMembers = defineStream({
  name: 'agent_group_members',
  primaryKey: ['group_id', 'id'],
  parent: { stream: 'agent_groups', field: 'id', as: 'group_id', stamp: 'group_id' },
  costly: true,
  routes: [v2List('/api/v2/agents/groups/{group_id}/agents', 'listAgentsInGroup')],
})

/** Log-ins, presence and line changes. An entry has no id, and two of one type may fall into one instant. */
export const agentLogs = defineStream({
  name: 'agent_logs',
  primaryKey: ['record_hash'],
  incremental: byTime('date'),
  parent: { stream: 'agents', field: 'id', as: 'agent_id', stamp: 'agent_id' },
  adapt: withHash,
  costly: true,
  routes: [
    v2List('/api/v2/agents/{agent_id}/logs', 'listAgentLogs', {
      window: { from: 'filters.from', to: 'filters.to', format: 'unix-seconds' },
    }),
  ],
})

export const agentStatus = defineStream({
  name: 'agent_status',
  primaryKey: ['agent_id', 'queried_at'],
  parent: { stream: 'agents', field: 'id', as: 'agent_id' },
  adapt: snapshotOf('agent_id'),
  costly: true,
  routes: [v2One('/api/v2/agents/{agent_id}/status', 'getAgentStatus')],
})

export const agentPresences = defineStream({
  name: 'agent_presences',
  primaryKey: ['name'],
  routes: [v2Whole('/api/v2/agents/presence/available', 'listAgentPresences')],
})

export const agentStatusesAvailable = defineStream({
  name: 'agent_statuses_available',
  primaryKey: ['id'],
  routes: [v2Whole('/api/v2/agents/status/available', 'listAvailableAgentStatuses')],
})

/** The conference of the agent who signs in: a manager's credentials have none. */
export const currentAgentConference = defineStream({
  name: 'current_agent_conference',
  template: 'Get Current Agent Conference',
  primaryKey: ['id', 'queried_at'],
  adapt: snapshotOf(),
  absence: 'empty',
  absentStatuses: [403, 404, 405],
  routes: [{ ...v2One('/api/v2/agent/conferences/current', 'seed 000'), source: 'seed' }],
})
