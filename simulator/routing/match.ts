import type { WorldName } from '../dialects/worlds.ts'
import type { Route } from './route.ts'

/** Where a request's method and path lead. */
export interface Match {
  readonly route: Route | undefined
  readonly params: Readonly<Record<string, string>>
  /** Whether the path exists, under this or another method. */
  readonly pathKnown: boolean
}

/** A function that finds a world's route for a method and path; plain paths come before those with placeholders. */
export function makeMatcher(
  all: readonly Route[],
  world: WorldName,
): (method: string, path: string) => Match {
  const here = all.filter(route => route.world === world)
  const plain = here.filter(route => !route.path.includes('{'))
  const patterns = here
    .filter(route => route.path.includes('{'))
    .map(route => ({ route, parts: route.path.split('/') }))
  const byPath = Map.groupBy(plain, route => route.path)
  return (method, path) => {
    const found =
      byPath.get(path)?.map(route => ({ route, params: {} })) ?? fitting(patterns, path.split('/'))
    const fit = found.find(({ route }) => route.method === method)
    return { route: fit?.route, params: fit?.params ?? {}, pathKnown: found.length > 0 }
  }
}

interface Pattern {
  readonly route: Route
  readonly parts: readonly string[]
}

function fitting(patterns: readonly Pattern[], parts: readonly string[]) {
  return patterns.flatMap(pattern => {
    const params = paramsOf(pattern.parts, parts)
    return params ? [{ route: pattern.route, params }] : []
  })
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, piece] of pattern.entries()) {
    const part = parts[at] ?? ''
    if (piece.startsWith('{')) params[piece.slice(1, -1)] = decoded(part)
    else if (piece !== part) return undefined
  }
  return params
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
