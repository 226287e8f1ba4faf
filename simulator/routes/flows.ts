import { byPageSize } from '../dialects/seed.ts'
import type { Route } from '../routing/list.ts'
import { inBoth, paged, registered } from '../routing/registered.ts'

/** What calls pass through: applications, triggers, automations, numbers. The documents know no call flows. */
export const flowRoutes: readonly Route[] = [
  inBoth('applications', '/api/v2/applications', 'applications'),
  inBoth('triggers', '/api/v2/triggers', 'triggers'),
  registered({
    stream: 'call_flows',
    seed: { path: '/api/v2/call-flows', dialect: byPageSize('callFlows') },
  }),
  paged('global_automations', '/api/v2/events/triggers'),
  paged('local_automations', '/api/v2/automations/local'),
  paged('numbers', '/api/v2/numbers'),
  paged('routings', '/api/v2/routings'),
  paged('prompts', '/api/v2/prompts'),
].flat()
