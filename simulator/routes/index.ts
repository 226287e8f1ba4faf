import type { Route } from '../routing/route.ts'
import type { Registers } from '../world/view.ts'
import { accountRoutes } from './account.ts'
import { agentLifeRoutes } from './agent-life.ts'
import { agentSyncRoutes } from './agent-sync.ts'
import { agentRoutes } from './agents.ts'
import { archiveRoutes } from './archive.ts'
import { callRoutes } from './calls.ts'
import { campaignRoutes } from './campaigns.ts'
import { conversationRoutes } from './conversations.ts'
import { demoRoutes } from './demo/routes.ts'
import { flowRoutes } from './flows.ts'
import { hourRoutes } from './hours.ts'
import { metricRoutes } from './metrics.ts'
import { outboundRoutes } from './outbound.ts'
import { queueLifeRoutes } from './queue-life.ts'
import { queueRoutes } from './queues.ts'
import { recordingRoutes } from './recordings.ts'
import { scimRoutes } from './scim.ts'
import { taskRoutes } from './tasks.ts'
import { userRoutes } from './users.ts'

/** Every route of both worlds. Where two match a request, the first one responds. */
export const routes: readonly Route[] = [
  ...agentRoutes,
  ...queueRoutes,
  ...userRoutes,
  ...callRoutes,
  ...recordingRoutes,
  ...outboundRoutes,
  ...campaignRoutes,
  ...conversationRoutes,
  ...agentLifeRoutes,
  ...queueLifeRoutes,
  ...flowRoutes,
  ...hourRoutes,
  ...archiveRoutes,
  ...accountRoutes,
  ...metricRoutes,
  ...taskRoutes,
  ...scimRoutes,
  ...agentSyncRoutes,
  ...demoRoutes,
]

/** The registers of a world: every stream whose records are just numbered. */
export const registers: Registers = Object.fromEntries(
  routes.flatMap(({ stream, register }) => (stream && register ? [[stream, register]] : [])),
)
