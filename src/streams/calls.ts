import { byTime, defineStream, listAt, type Route } from '../engine/define.ts'
import { isObject, type JsonObject } from '../json.ts'
import { seedOffsets, v2Pages } from './dialects.ts'

const unixWindow = { from: 'time.start', to: 'time.end', format: 'unix-seconds' } as const

/** The seed has call legs and calls on one path. */
const seedCalls: Route = {
  source: 'seed',
  path: '/api/v2/calls',
  records: listAt('calls'),
  paginate: seedOffsets,
  window: { from: 'startDate', to: 'endDate', format: 'iso' },
}

/** Call legs: the full report. */
export const callRecords = defineStream({
  name: 'call_records',
  template: 'List Call Records',
  primaryKey: ['id'],
  incremental: byTime('dateCreated'),
  routes: [
    {
      source: 'documented',
      operation: 'listReportingCalls',
      path: '/api/v2/calls/reporting',
      records: listAt('items'),
      paginate: v2Pages,
      window: unixWindow,
    },
    seedCalls,
  ],
})

/** One row per call, with its waiting, talking and wrap-up times: what the community connector calls calls. */
export const calls = defineStream({
  name: 'calls',
  template: 'List Calls',
  primaryKey: ['id'],
  incremental: byTime('dateCreated'),
  adapt: bridgedApart,
  routes: [
    {
      source: 'documented',
      operation: 'listAllSimpleReportingCalls',
      path: '/api/v2/calls/reporting/simple',
      records: listAt('items'),
      paginate: v2Pages,
      window: unixWindow,
    },
    seedCalls,
  ],
})

/** `bridged` says whether the call was connected; an object under that name says to whom, and goes to `bridged_to`. */
function bridgedApart(record: JsonObject): JsonObject {
  const { bridged, ...rest } = record
  return isObject(bridged) ? { ...rest, bridged_to: bridged } : record
}
