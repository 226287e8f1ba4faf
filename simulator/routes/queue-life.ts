import { byMax } from '../dialects/documented.ts'
import { child } from '../routing/child.ts'
import { list, type Route, type Scene } from '../routing/list.ts'
import { sortedAs, sortParameters } from '../routing/sorting.ts'
import { waitingIn } from '../world/contacts/waiting.ts'
import type { Row, Rows } from '../world/ground/rows.ts'
import { findInRegister, registerRows } from '../world/lookups.ts'

/** Whom queues select, and who waits in them. */
export const queueLifeRoutes: readonly Route[] = [
  list({
    stream: 'queue_selections',
    documented: { path: '/api/v2/queues/selections', dialect: byMax },
    rows: requestedSelections,
    everything: world => sortedAs(registerRows(world, 'queue_selections'), new URLSearchParams(), usual),
    parameters: ['includeMembers', ...sortParameters],
  }),
  child({
    stream: 'queued_calls',
    path: '/api/v2/queues/{queueId}/calls',
    dialect: byMax,
    parent: 'queues',
    field: 'queue_id',
    rows: waitingIn,
    beside: ({ world, request }) => ({
      queue: findInRegister(world, 'queues', request.params['queueId'] ?? ''),
    }),
  }),
].flat()

const usual = { field: 'priority', order: 'asc' } as const

function requestedSelections({ world, request }: Scene): Rows {
  const rows = sortedAs(registerRows(world, 'queue_selections'), request.query, usual)
  if (request.query.get('includeMembers') === 'true') return rows
  return { count: rows.count, at: place => withoutMembers(rows.at(place)) }
}

function withoutMembers({ tags: _tags, groups: _groups, agents: _agents, ...rest }: Row): Row {
  return rest
}
