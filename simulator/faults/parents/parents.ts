import type { Request } from '../../request.ts'

const streams = new Set([
  'agents',
  'agent_groups',
  'calendars',
  'campaigns',
  'conversations',
  'dashboards',
  'outbound_lists',
  'queues',
  'recordings',
  'tasks',
])

/** Whether a request is for a list whose records are parents. */
export function isParents({ route }: Request): boolean {
  return route?.stream !== undefined && streams.has(route.stream) && !route.path.includes('{')
}

/** The id of the parent whose children a request is for. */
export function parentIdIn({ params, query }: Request): string | undefined {
  return Object.values(params)[0] ?? query.get('listId') ?? undefined
}
