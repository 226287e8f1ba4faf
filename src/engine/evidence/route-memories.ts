import type { Route } from '../stream/definition.ts'
import { type RouteFacts, type RouteMemory, rememberRoute, UNKNOWN_ROUTE } from './route-facts.ts'

/** What is known of all routes of a run. */
export interface RouteMemories {
  of(route: Pick<Route, 'path'>): RouteMemory
  /** Adopts what a state knows, where nothing is known yet. */
  learn(facts: ReadonlyMap<string, RouteFacts>): void
  /** The facts of these routes, by path; those of which nothing is known are left out. */
  facts(routes: readonly Pick<Route, 'path'>[]): ReadonlyMap<string, RouteFacts>
}

/** Memories of a run that begins. */
export function createRouteMemories(): RouteMemories {
  const memories = new Map<string, RouteMemory>()
  const at = (path: string, known?: RouteFacts) => {
    const memory = memories.get(path) ?? rememberRoute(known)
    memories.set(path, memory)
    return memory
  }
  return {
    of: ({ path }) => at(path),
    learn(facts) {
      for (const [path, known] of facts) at(path, known)
    },
    facts(routes) {
      const known = routes.flatMap(({ path }) => {
        const facts = memories.get(path)?.facts() ?? UNKNOWN_ROUTE
        return isUnknown(facts) ? [] : [[path, facts] as const]
      })
      return new Map(known)
    },
  }
}

/** The name under which is known what the counts of a route mean that ignores the filter by time: they are of the whole list,
 *  whatever windows showed of them. */
export function unfiltered({ path }: Pick<Route, 'path'>): Pick<Route, 'path'> {
  return { path: `${path} unfiltered` }
}

/** The same memories, but that counts are those of unfiltered lists. */
export function ofUnfiltered(memories: RouteMemories): RouteMemories {
  return {
    ...memories,
    of(route) {
      const { claimOf, sawSurplus } = memories.of(unfiltered(route))
      return { ...memories.of(route), claimOf, sawSurplus }
    },
  }
}

function isUnknown({ fullest, probes, surplus, marginMs }: RouteFacts): boolean {
  return fullest === 0 && probes === 0 && surplus === 0 && marginMs === 0
}
