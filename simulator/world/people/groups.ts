import { type Row, type Rows, rowsWhere } from '../ground/rows.ts'
import { indexInRegister, registerRows } from '../lookups.ts'
import type { World } from '../view.ts'

/** The agents of the group with this id; undefined when that group does not exist. */
export function membersOf(world: World, groupId: string): Rows | undefined {
  if (indexInRegister(world, 'agent_groups', groupId) === undefined) return undefined
  return rowsWhere(registerRows(world, 'agents'), agent => groupIds(agent).includes(groupId))
}

function groupIds(agent: Row): readonly unknown[] {
  return (agent['groups'] as readonly Row[]).map(group => group['id'])
}
