import { byTime, defineStream } from '../engine/stream/definition.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { detail, seedList, seedOffsets, v2List } from './dialects.ts'

const unixWindow = { from: 'time.start', to: 'time.end', format: 'unix-seconds' } as const
const isoWindow = { from: 'startDate', to: 'endDate', format: 'iso' } as const

/** The seed has call legs and calls on one path. */
const seedCalls = seedList('/api/v2/calls', 'calls', { paginate: seedOffsets, window: isoWindow })

/** Call legs: the full report. The documented API cannot filter them by queue; the connector does. */
export const callRecords = defineStream({
  name: 'call_records',
  template: 'List Call Records',
  primaryKey: ['id'],
  incremental: byTime('dateCreated'),
  clientFilters: { queue_id: (record, id) => at(record['bridged'], 'queueId') === id },
  routes: [
    v2List('/api/v2/calls/reporting', 'listReportingCalls', {
      window: unixWindow,
      filters: { agent_id: 'agentId' },
    }),
    { ...seedCalls, filters: { agent_id: 'agentId', queue_id: 'queueId' } },
  ],
})

/** One row per call, with its waiting, talking and wrap-up times: what the community connector calls calls. */
export const calls = defineStream({
  name: 'calls',
  template: 'List Calls',
  primaryKey: ['id'],
  incremental: byTime('dateCreated'),
  repair: bridgedApart,
  routes: [
    v2List('/api/v2/calls/reporting/simple', 'listAllSimpleReportingCalls', { window: unixWindow }),
    seedCalls,
  ],
})

/** The rows of calls that the dialler placed: nothing in calls tells them apart. */
export const dialerCalls = defineStream({
  name: 'dialer_calls',
  primaryKey: ['id'],
  incremental: byTime('dateCreated'),
  repair: bridgedApart,
  routes: [
    v2List('/api/v2/calls/reporting/simple/dialer', 'listDialerSimpleReportingCalls', { window: unixWindow }),
  ],
})

/** One request for each leg in the windows that are read; incremental with them. */
export const callDetails = defineStream({
  name: 'call_details',
  template: 'Get Call Record',
  ...detail('call_records', 'calls', '/api/v2/calls/{id}', 'getCall'),
  incremental: { strategy: 'through-parent', field: 'dateCreated' },
})

/** `bridged` says whether the call was connected; an object under that name says to whom, and goes to `bridged_to`. */
function bridgedApart(record: JsonObject): JsonObject {
  const { bridged, ...rest } = record
  return isObject(bridged) ? { ...rest, bridged_to: bridged } : record
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined
}
