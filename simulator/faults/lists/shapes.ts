import { objectIn, withJson } from '../../response.ts'
import { type Row, type Rows, reversed } from '../../world/ground/rows.ts'
import type { FaultRow } from '../fault.ts'

/** Faults in single fields, and in the direction of lists: what live accounts are said or thought to do. */
export const shapeFaults: readonly FaultRow[] = [
  { says: 'oldest-first', does: 'lists begin with their last record', make: () => ({ rows: reversed }) },
  {
    says: 'hyphened-ids',
    does: 'the id of every record has hyphens; paths understand both',
    make: () => ({
      params: params =>
        Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.replaceAll('-', '')])),
      rows: rows =>
        mapped(rows, row => ({ ...row, ...('id' in row ? { id: hyphened(String(row['id'])) } : {}) })),
    }),
  },
  {
    says: 'queue-null',
    does: 'call legs do not name the queue through which they were connected',
    where: ['/api/v2/calls'],
    make: () => ({ rows: rows => mapped(rows, withoutQueue) }),
  },
  {
    says: 'queue-always',
    does: 'every connected leg names a queue, also where an agent dialled by hand',
    where: ['/api/v2/calls', '/api/v2/conversations/events', '/api/v2/agents'],
    make: () => ({ rows: rows => mapped(rows, row => withQueue(row) as Row) }),
  },
  {
    says: 'roles-text',
    does: 'the roles of an account are the first of them, as text',
    where: ['/api/v2/user/accounts'],
    make: () => ({
      after: response => {
        const body = response.status === 200 ? objectIn(response) : undefined
        const items = body?.['items']
        return Array.isArray(items) ? withJson(response, { ...body, items: items.map(firstRole) }) : response
      },
    }),
  },
]

function mapped(rows: Rows, change: (row: Row) => Row): Rows {
  return { count: rows.count, at: place => change(rows.at(place)) }
}

function hyphened(id: string): string {
  return id.replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/, '$1-$2-$3-$4-$5')
}

function withoutQueue(row: Row): Row {
  const { bridged } = row
  const isParty = typeof bridged === 'object' && bridged !== null
  return isParty ? { ...row, bridged: { ...bridged, queueId: null, queueName: '' } } : row
}

function withQueue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withQueue)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, inner]) => [
    name,
    name === 'queueId' && inner === null ? '0'.repeat(32) : withQueue(inner),
  ])
  return Object.fromEntries(fields)
}

function firstRole(row: Row): Row {
  const { roles } = row
  return { ...row, roles: Array.isArray(roles) ? roles[0] : roles }
}
