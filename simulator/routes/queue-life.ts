import { byMax } from '../dialects/documented.ts'
import { child } from '../routing/child.ts'
import { paged } from '../routing/list.ts'
import type { Route, Scene } from '../routing/route.ts'
import { sortedAs, sortParameters } from '../routing/sorting.ts'
import { selectionAt, selectionsIn } from '../world/account/selections.ts'
import { waitingIn } from '../world/contacts/waiting.ts'
import type { Row, Rows } from '../world/ground/rows.ts'
import { findInRegister, registerRows } from '../world/lookups.ts'

/** Whom queues select, and who waits in them. */
export const queueLifeRoutes: readonly Route[] = [
  paged({
    stream: 'queue_selections',
    path: '/api/v2/queues/selections',
    schema: 'GlobalQueueSelection',
    size: selectionsIn,
    make: selectionAt,
    rows: requestedSelections,
    everything: world => sortedAs(registerRows(world, 'queue_selections'), new URLSearchParams(), usual),
    parameters: ['includeMembers', ...sortParameters],
  }),
  child({
    stream: 'queued_calls',
    path: '/api/v2/queues/{queueId}/calls',
    schema: 'QueuedCall',
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
