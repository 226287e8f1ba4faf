import { type Adapt, defineStream } from '../engine/stream/definition.ts'
import { unpaged } from '../engine/stream/paginators.ts'
import { isObject } from '../json.ts'

/** The answer as one record: when the run was set off, and what the API said. */
const asRun: Adapt = (result, { askedAt, now }) => {
  const started_at = new Date(askedAt).toISOString()
  const id = isObject(result) ? result['id'] : undefined
  return {
    sync_id: typeof id === 'string' ? id : started_at,
    started_at,
    finished_at: new Date(now).toISOString(),
    result,
  }
}

/** Synchronize Agents changes data: offered only when switched on, one request per sync, never sent again once it may
 *  have arrived. Method and path come from the config: the vendor does not publish them. */
export const agentSync = defineStream({
  name: 'agent_sync',
  template: 'Synchronize Agents',
  primaryKey: ['sync_id'],
  onlyIf: 'agent_sync',
  adapt: asRun,
  routes: [
    {
      source: 'seed',
      path: '(configured)',
      method: 'POST',
      once: true,
      records: { kind: 'body' },
      paginate: unpaged,
    },
  ],
})
