import { agentBrief, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { emailOf, personName } from '../ground/names.ts'
import { chance, draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'

/** How many users are not agents: the managers, who are numbered first. */
export const MANAGERS = 5

/** User `index`: the managers first, then one for each agent. */
export function userAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'user', index)
  const agent = index < MANAGERS ? undefined : agentBrief(facts.seed, index - MANAGERS)
  return {
    id: idOf(facts.seed, 'users', index),
    email: emailOf(userName(facts, index), index),
    enabled: chance(draw, 0.9),
    activated: chance(draw, 0.95),
    passwordExpired: chance(draw, 0.05),
    accountExpired: false,
    accountLocked: chance(draw, 0.03),
    roles: agent
      ? ['user', 'agent']
      : rolesOf(index, pick(draw, ['reporter', 'supervisor', 'sales'] as const)),
    ...(agent ? { agent: agentOf(agent.id, index - MANAGERS) } : {}),
  }
}

/** The full name of user `index`; an agent's user has the agent's. */
export function userName(facts: Facts, index: number): string {
  if (index >= MANAGERS) return agentBrief(facts.seed, index - MANAGERS).name
  return personName(draws(facts.seed, 'user-name', index))
}

function rolesOf(index: number, extra: string): readonly string[] {
  return index === 0 ? ['owner', 'manager'] : ['manager', extra]
}

function agentOf(uuid: string, index: number): Row {
  return { uuid, type: 'agent', ...(index % 3 === 0 ? {} : { sourceId: `crm-${1000 + index}` }) }
}
