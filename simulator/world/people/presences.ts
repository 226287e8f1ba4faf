import { type Row, type Rows, rowsOf, sliceRows } from '../ground/rows.ts'
import { findInRegister, registerRows } from '../lookups.ts'
import type { World } from '../view.ts'
import { presences } from './agents.ts'

const activities = ['idle', 'in-call', 'wrap-up'] as const

/** The presences, with how many agents have each one now. */
export function presenceCounts(world: World): Rows {
  const agents = registerRows(world, 'agents')
  const names = sliceRows(agents, 0, agents.count).map(agent => (agent['presence'] as Row)['name'])
  return rowsOf(
    presences.map((presence, at) => ({
      ...presence,
      count: names.filter(name => name === presence.name).length,
      is_default: at === 0,
    })),
  )
}

/** The statuses an agent can choose. */
export function selectableStatuses(): Rows {
  const chosen = presences.map(({ name, label, available }) => ({ type: 'presence', name, label, available }))
  const done = activities.map((name, at) => ({ type: 'activity', name, label: name, available: at === 0 }))
  return rowsOf(
    [...chosen, ...done].map((status, at) => ({
      id: `${status.type}:${status.name}`,
      ...status,
      enabled: at !== 3,
      ...(at % 2 === 0 ? { hash: `h${at}` } : {}),
    })),
  )
}

/** The live status of the agent with this id; undefined when that agent does not exist. */
export function statusOf(world: World, agentId: string): Row | undefined {
  const agent = findInRegister(world, 'agents', agentId)
  return agent && liveStatus(agent)
}

/** The live status of every agent, with the agent's id. */
export function allStatuses(world: World): Rows {
  const agents = registerRows(world, 'agents')
  const at = (place: number) => ({ agent_id: agents.at(place)['id'], ...liveStatus(agents.at(place)) })
  return { count: agents.count, at }
}

// What agents embed, with the dialler's words for being online: the vendor documents different words in the two places.
function liveStatus(agent: Row): Row {
  const status = agent['status'] as Row
  const talking = agent['state'] === 'in-call'
  const online = talking ? 'in_progress' : 'idle'
  return {
    ...status,
    outbound_status: status['outbound_status'] === 'online' ? online : 'offline',
    line_status: agent['enabled'] ? agent['state'] : null,
    activity: talking ? { name: 'call', since: null } : null,
  }
}
