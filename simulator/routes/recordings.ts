import { byMax } from '../dialects/documented.ts'
import { byPageSize } from '../dialects/seed.ts'
import { list, one, type Route } from '../routing/list.ts'
import { viewRows } from '../world/calls/call-views.ts'
import type { World } from '../world/view.ts'

const everyRecording = (world: World) => viewRows(world.recordings, world.now())

/** Recordings of calls, newest first. */
export const recordingRoutes: readonly Route[] = [
  list({
    stream: 'recordings',
    documented: { path: '/api/v2/recordings', dialect: byMax },
    seed: { path: '/api/v2/recordings', dialect: byPageSize('recordings') },
    rows: scene => everyRecording(scene.world),
    everything: everyRecording,
  }),
  one({
    stream: 'recording_details',
    path: '/api/v2/recordings/{id}',
    find: ({ world, request }) => world.recordings.find(request.params['id'] ?? '', world.now()),
    everything: everyRecording,
  }),
].flat()
