import { unpaged } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { is } from '../routing/filters.ts'
import { list, type Route } from '../routing/list.ts'
import { registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

const everyUser = (world: World) => registerRows(world, 'users')

/** Users: one request in the documented world, though its envelope speaks of pages. */
export const userRoutes: readonly Route[] = list({
  stream: 'users',
  documented: { path: '/api/v2/users', dialect: unpaged },
  seed: { path: '/api/v2/users', dialect: byPageSize('users') },
  rows: scene => everyUser(scene.world),
  everything: everyUser,
  filters: { email: is('email') },
})
