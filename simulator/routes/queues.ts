import { one } from '../routing/item.ts'
import { inBoth } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { findInRegister, registerRows } from '../world/lookups.ts'
import { queueAt } from '../world/people/queues.ts'
import type { World } from '../world/view.ts'

const everyQueue = (world: World) => registerRows(world, 'queues')

/** Queues. */
export const queueRoutes: readonly Route[] = [
  inBoth({
    stream: 'queues',
    path: '/api/v2/queues',
    container: 'queues',
    schema: 'Queue',
    size: facts => facts.sizes.queues,
    make: queueAt,
  }),
  one({
    stream: 'queue_details',
    schema: 'Queue',
    path: '/api/v2/queues/{id}',
    find: ({ world, request }) => findInRegister(world, 'queues', request.params['id'] ?? ''),
    everything: everyQueue,
  }),
].flat()
