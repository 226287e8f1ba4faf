import type { WorldName } from './dialects/worlds.ts'
import type { Request } from './request.ts'
import { json, type Response, refuse } from './response.ts'
import type { Route } from './routing/route.ts'
import type { Stats } from './stats.ts'
import { keyAt } from './world/ground/rows.ts'
import type { World } from './world/view.ts'

/** What the paths of /__world and /__stats work on. */
export interface Controls {
  readonly world: World
  readonly worldName: WorldName
  readonly routes: readonly Route[]
  readonly stats: Stats
  /** Moves the simulator's clock on. */
  readonly passTime: (ms: number) => void
  /** Exchanges its faults. Throws on one that does not exist. */
  readonly setFaults: (list: string) => void
}

const shrinkable = {
  agents: 'agents',
  lists: 'outbound_lists',
  queues: 'queues',
  leads: 'outbound_leads',
  campaigns: 'campaigns',
  groups: 'agent_groups',
  calendars: 'calendars',
  dashboards: 'dashboards',
} as const

/** The response to a path that lets tests look behind the API. These need no sign-in and are not counted. */
export function controlResponse(request: Request, controls: Controls): Response {
  const [, area = '', stream = '', what = ''] = request.path.split('/')
  if (area === '__world' && request.method === 'GET') return inventory(stream, what, controls)
  const handler = commands[`${request.method} ${request.path}`]
  return handler ? handler(request, controls) : refuse(404)
}

const commands: Readonly<Record<string, (request: Request, controls: Controls) => Response>> = {
  'POST /__world/advance': (request, controls) => advance(request.query, controls),
  'POST /__faults': (request, { setFaults }) => {
    const list = request.query.get('list') ?? ''
    setFaults(list)
    return json({ faults: list })
  },
  'GET /__stats': (_, { stats }) => json(stats.report()),
  'POST /__stats/reset': (_, { stats }) => {
    stats.reset()
    return json({ reset: true })
  },
}

// Time passes first: what is added happens at its end.
function advance(query: URLSearchParams, { world, passTime }: Controls): Response {
  passTime(numberIn(query, 'seconds') * 1000)
  const added = numberIn(query, 'calls')
  world.addCalls(added)
  for (const [parameter, stream] of Object.entries(shrinkable))
    world.resize(stream, -numberIn(query, parameter))
  return json({ added })
}

function inventory(stream: string, what: string, { routes, world, worldName }: Controls): Response {
  const route = routes.find(one => one.world === worldName && one.stream === stream && one.everything)
  const rows = route?.everything?.(world)
  if (!route || !rows) return refuse(404, `this world has no stream ${stream}`)
  if (what === 'count') return json(rows.count)
  if (what !== 'ids') return refuse(404)
  return json(Array.from({ length: rows.count }, (_, place) => keyAt(rows, place, route.key)))
}

function numberIn(query: URLSearchParams, name: string): number {
  return Math.max(0, Math.floor(Number(query.get(name) ?? 0)) || 0)
}
