import { byOwnTime, defineStream } from '../engine/stream/definition.ts'
import { list, v2List } from './dialects.ts'

export const sms = defineStream({
  name: 'sms',
  template: 'List SMS',
  primaryKey: ['id'],
  incremental: byOwnTime('dateCreated'),
  routes: list('/api/v2/sms', 'sms', 'listSmss'),
})

/** The same messages as the reporting endpoint has them. */
export const smsReporting = defineStream({
  name: 'sms_reporting',
  primaryKey: ['id'],
  incremental: byOwnTime('dateCreated'),
  routes: [v2List('/api/v2/sms/reporting', 'reportSms')],
})
