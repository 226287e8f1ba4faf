import { byTime, defineStream } from '../engine/stream/definition.ts'
import { v2List, v2Pages, v2Whole, without } from './dialects.ts'
import { withHash } from './hash.ts'

export const settings = defineStream({
  name: 'settings',
  primaryKey: ['scope', 'key'],
  routes: [v2Whole('/api/v2/settings', 'listAllSettings')],
})

/** Who changed what: the one list whose filters and page size the vendor documents whole. */
export const auditLogs = defineStream({
  name: 'audit_logs',
  primaryKey: ['id'],
  incremental: byTime('dateCreated'),
  routes: [
    v2List('/api/v2/audit/request', 'listAuditLogs', {
      paginate: v2Pages,
      window: { from: 'filters.dateCreated.start', to: 'filters.dateCreated.end', format: 'unix-seconds' },
    }),
  ],
})

/** Connected systems. Their config is left out, since it may hold the other system's secrets. */
export const integrations = defineStream({
  name: 'integrations',
  primaryKey: ['id'],
  adapt: record => without(record, ['config']),
  routes: [v2List('/api/v2/integrations', 'listIntegrations')],
})

/** Tags have neither a documented shape nor an id. */
export const tags = defineStream({
  name: 'tags',
  primaryKey: ['record_hash'],
  wrapScalarAs: 'name',
  adapt: withHash,
  routes: [v2Whole('/api/v2/tags', 'listTags')],
})
