import { byMax } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { list, one, type Route } from '../routing/list.ts'
import { findInRegister, registerRows } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

const everyQueue = (world: World) => registerRows(world, 'queues')

/** Queues. */
export const queueRoutes: readonly Route[] = [
  list({
    stream: 'queues',
    documented: { path: '/api/v2/queues', dialect: byMax },
    seed: { path: '/api/v2/queues', dialect: byPageSize('queues') },
    rows: scene => everyQueue(scene.world),
    everything: everyQueue,
  }),
  one({
    stream: 'queue_details',
    path: '/api/v2/queues/{id}',
    find: ({ world, request }) => findInRegister(world, 'queues', request.params['id'] ?? ''),
    everything: everyQueue,
  }),
].flat()
