import type { Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import { draws, pick } from '../ground/random.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'
import { MANAGERS, userAt } from '../people/users.ts'

const ENTRIES_A_DAY = 6

const operations = [
  { operation: 'UPDATE', method: 'PUT' },
  { operation: 'UPDATE', method: 'PUT' },
  { operation: 'CREATE', method: 'POST' },
  { operation: 'DELETE', method: 'DELETE' },
] as const

const resources = [
  { resource: 'Queue', stream: 'queues', path: 'queues' },
  { resource: 'Application', stream: 'applications', path: 'applications' },
  { resource: 'Trigger', stream: 'triggers', path: 'triggers' },
  { resource: 'Outbound campaign', stream: 'campaigns', path: 'outbound/campaigns' },
] as const

/** How many changes a world has seen. */
export function changesIn(facts: Facts): number {
  return 20 + facts.days * ENTRIES_A_DAY
}

/** Change `index`. Changes are spread evenly over the world's days, in the order of their numbers. */
export function auditLogAt(facts: Facts, index: number): Row {
  const draw = draws(facts.seed, 'audit', index)
  const id = idOf(facts.seed, 'audit_logs', index)
  const { operation, method } = pick(draw, operations)
  const { resource, stream, path } = pick(draw, resources)
  const resourceUuid = idOf(facts.seed, stream, Math.floor(draw() * 2))
  return {
    id,
    dateCreated: isoTime(timeOf(facts, index)),
    user: userAt(facts, index % MANAGERS)['email'],
    uri: `/api/v2/${path}${operation === 'CREATE' ? '' : `/${resourceUuid}`}`,
    method,
    operation,
    resource,
    resourceUuid,
    resourcePayload: operation === 'DELETE' ? '' : JSON.stringify({ name: 'Größe „XL“', enabled: true }),
    itemBefore: operation === 'CREATE' ? '' : JSON.stringify({ id: resourceUuid, name: 'Größe', tags: [] }),
    itemAfter: operation === 'DELETE' ? '' : JSON.stringify({ id: resourceUuid, name: 'Größe „XL“' }),
    _url: `https://audit.example.com/api/v2/audit/request/${id}`,
  }
}

function timeOf(facts: Facts, index: number): number {
  const step = (facts.days * DAY_MS) / changesIn(facts)
  const jitter = draws(facts.seed, 'audit-time', index)() * step
  const time = facts.startedAt - facts.days * DAY_MS + index * step + jitter
  return Math.min(facts.startedAt, Math.floor(time))
}
