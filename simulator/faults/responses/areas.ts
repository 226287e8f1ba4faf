import { json, refuse } from '../../response.ts'
import type { FaultRow } from '../fault.ts'

/** Faults in single areas of the API. */
export const areaFaults: readonly FaultRow[] = [
  {
    says: 'grouped-total',
    does: 'the metric agents.total is an object of counts by presence',
    where: ['/api/v2/metrics/agents.total'],
    make: () => ({ query: query => new URLSearchParams([...query, ['groupBy', 'presence']]) }),
  },
  {
    says: 'no-partner',
    does: 'the account is no partner: its sub-accounts get a 403',
    where: ['/api/v2/accounts'],
    make: () => ({
      intercept: () => json({ error: 'not_a_partner_account', message: 'no sub-accounts here' }, 403),
    }),
  },
  {
    says: 'no-scim',
    does: 'SCIM responds with 403',
    where: ['/auth/scim/'],
    make: () => ({ intercept: () => refuse(403, 'SCIM is not enabled for this account') }),
  },
]
