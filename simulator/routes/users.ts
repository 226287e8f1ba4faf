import { unpaged } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { is } from '../routing/filters.ts'
import { list } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { MANAGERS, userAt } from '../world/people/users.ts'

/** Users: one request in the documented world, although its envelope mentions pages. */
export const userRoutes: readonly Route[] = list({
  stream: 'users',
  documented: { path: '/api/v2/users', dialect: unpaged },
  seed: { path: '/api/v2/users', dialect: byPageSize('users') },
  schema: 'ManagedUser',
  size: facts => facts.sizes.agents + MANAGERS,
  make: userAt,
  filters: { email: is('email') },
})
