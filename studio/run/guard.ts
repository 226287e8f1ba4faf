import type { StreamDef } from '../../src/engine/stream/definition.ts'
import { configError } from '../../src/errors.ts'
import type { CallLayer } from '../../src/http/call-layers.ts'
import { isList, isObject, type JsonObject } from '../../src/json.ts'
import { SPEC, schemaAt } from '../config/schema.ts'

/** What may be requested in one Test, Check or Sync. */
export interface Permit {
  /** The streams whose POST requests the person has agreed to. */
  readonly posts: ReadonlySet<string>
  /** Aborted when nothing is to be requested any longer. */
  readonly signal: AbortSignal
  /** The paths that change data, which are never requested here. */
  readonly refused: ReadonlySet<string>
}

/** A layer that lets only such requests pass as were agreed to: what a macro makes of a path is seen here, too. */
export function guarded({ posts, signal, refused }: Permit): CallLayer {
  return call => async (request, read) => {
    if (signal.aborted) throw configError('Stopped.')
    if (refused.has(plainPath(request.path))) throw refusedPath()
    if (request.method === 'POST' && !posts.has(request.stream ?? ''))
      throw configError(`POST ${request.path} was not agreed to. Press Test again, and confirm it.`)
    return call(request, read)
  }
}

/** The paths that start a synchronization of agents: the config's own, and the one that the spec names. */
export function agentSyncPaths(config: JsonObject): ReadonlySet<string> {
  const field = schemaAt(config, ['agent_sync', 'path']) ?? SPEC
  const examples = isList(field['examples']) ? field['examples'] : []
  const own = isObject(config['agent_sync']) ? config['agent_sync']['path'] : undefined
  const paths = [...examples, own].filter(path => typeof path === 'string' && path !== '')
  return new Set(paths.map(path => plainPath(String(path))))
}

/** The error for a path that changes data. */
export function refusedPath(): Error {
  return configError(
    'This path starts a synchronization of agents, which changes data, so the studio does not request it. Turn on Agent ' +
      'Synchronization in Airbyte instead, and select the stream agent_sync there.',
  )
}

/** A path in the one form in which servers would take it, without its origin and its query. */
export function plainPath(path: string): string {
  const local = path.replace(/^https?:\/\/[^/?#]*/i, '')
  const slashed = `/${local.split(/[?#]/, 1)[0]}`.replace(/[\\/]+/g, '/')
  const { pathname } = new URL(slashed, 'http://localhost')
  return decoded(pathname)
    .replace(/;[^/]*/g, '')
    .replace(/\/+/g, '/')
    .replace(/\/$/, '')
    .toLowerCase()
}

function decoded(path: string): string {
  try {
    const next = decodeURIComponent(path)
    return next === path ? path : decoded(next)
  } catch {
    return path
  }
}

/** The streams that send POST when this one is read: itself, its parents, and those of its lookups. */
export function postsOf(def: StreamDef, find: (name: string) => StreamDef | undefined): readonly StreamDef[] {
  const seen = new Set<StreamDef>()
  const visit = (one: StreamDef | undefined) => {
    if (one === undefined || seen.has(one)) return
    seen.add(one)
    for (const lookup of one.lookups ?? []) if ('stream' in lookup) visit(find(lookup.stream))
    if (one.parent !== undefined) visit(find(one.parent.stream))
  }
  visit(def)
  return [...seen].filter(({ routes }) => routes.some(({ method }) => method === 'POST'))
}
