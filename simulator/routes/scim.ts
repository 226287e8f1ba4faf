import { byStartIndex } from '../dialects/scim.ts'
import { list } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import type { Rows } from '../world/ground/rows.ts'
import { registerRows } from '../world/lookups.ts'
import { scimUserAt } from '../world/people/scim.ts'
import type { World } from '../world/view.ts'

const place = { path: '/auth/scim/v2/Users', dialect: byStartIndex }

/** The same users, as SCIM has them. */
export const scimRoutes: readonly Route[] = list({
  stream: 'scim_users',
  documented: place,
  seed: place,
  everything: everyScimUser,
})

function everyScimUser(world: World): Rows {
  const users = registerRows(world, 'users')
  return { ...users, at: at => scimUserAt(world.facts, users.count - 1 - at) }
}
