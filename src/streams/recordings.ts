import { byOwnTime, defineStream } from '../engine/stream/definition.ts'
import { detail, list, v2List } from './dialects.ts'

/** The document gives a recording no time, so there is no cursor; live payloads carry one, which is kept. */
export const recordings = defineStream({
  name: 'recordings',
  template: 'List Recordings',
  primaryKey: ['id'],
  routes: list('/api/v2/recordings', 'recordings', 'listRecordings'),
})

export const recordingDetails = defineStream({
  name: 'recording_details',
  template: 'Get Call Recording',
  ...detail('recordings', 'recordings', '/api/v2/recordings/{id}', 'getRecording'),
})

/** Stored recordings, prompts and backups; one of the few lists that can be had oldest first. */
export const files = defineStream({
  name: 'files',
  primaryKey: ['id'],
  incremental: byOwnTime('dateCreated'),
  routes: [v2List('/api/v2/files', 'listFiles', { query: { sort: 'dateCreated', order: 'asc' } })],
})
