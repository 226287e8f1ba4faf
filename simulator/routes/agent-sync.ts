import { json, type Response } from '../response.ts'
import type { Route, Scene } from '../routing/route.ts'
import { idOf } from '../world/ground/ids.ts'
import { noRows, sliceRows } from '../world/ground/rows.ts'
import { isoTime } from '../world/ground/time.ts'
import { registerRows } from '../world/lookups.ts'

const TAKES_MS = 1200

/** The synchronization of agents with other systems: a write, in both worlds alike. */
export const agentSyncRoutes: readonly Route[] = (['documented', 'seed'] as const).map(world => ({
  world,
  method: 'POST',
  path: '/api/v2/env-sync/agents',
  stream: 'agent_sync',
  everything: () => noRows,
  key: [],
  parameters: [],
  respond: syncResponse,
}))

// Only agents that another system knows by their sourceId can be synchronized.
function syncResponse({ world, synced }: Scene): Response {
  const rows = registerRows(world, 'agents')
  const agents = sliceRows(rows, 0, rows.count)
  const known = agents.filter(agent => 'sourceId' in agent)
  const now = world.now()
  return json({
    id: idOf(world.facts.seed, 'agent_syncs', synced()),
    status: 'completed',
    started: isoTime(now - TAKES_MS),
    finished: isoTime(now),
    synchronized: known.length,
    created: 0,
    updated: known.length,
    skipped: agents.length - known.length,
  })
}
