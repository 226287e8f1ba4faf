import { one } from '../routing/item.ts'
import { inBoth } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import { viewRows } from '../world/calls/call-views.ts'
import type { World } from '../world/view.ts'

const everyRecording = (world: World) => viewRows(world.recordings, world.now())

/** Recordings of calls, newest first. */
export const recordingRoutes: readonly Route[] = [
  inBoth({
    stream: 'recordings',
    path: '/api/v2/recordings',
    container: 'recordings',
    schema: 'Recording',
    everything: everyRecording,
  }),
  one({
    stream: 'recording_details',
    schema: 'Recording',
    path: '/api/v2/recordings/{id}',
    find: ({ world, request }) => world.recordings.find(request.params['id'] ?? '', world.now()),
    everything: everyRecording,
  }),
].flat()
