import { agentRoutes } from './agents.ts'
import { callRoutes } from './calls.ts'
import { outboundRoutes } from './outbound.ts'
import { queueRoutes } from './queues.ts'
import { recordingRoutes } from './recordings.ts'
import type { Route } from './route.ts'
import { userRoutes } from './users.ts'

/** Every route of both worlds. Where two fit a request, the first one answers. */
export const routes: readonly Route[] = [
  ...agentRoutes,
  ...queueRoutes,
  ...userRoutes,
  ...callRoutes,
  ...recordingRoutes,
  ...outboundRoutes,
]
