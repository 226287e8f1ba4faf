import { refuse } from '../../response.ts'
import type { FaultRow } from '../fault.ts'
import { withoutParameters } from '../parameters.ts'

/** Faults in single areas of the API. */
export const areaFaults: readonly FaultRow[] = [
  {
    says: 'ignore-metric-dates',
    does: 'metrics are for today, whatever dates are requested',
    where: ['/api/v2/metrics/'],
    make: () => ({ query: query => withoutParameters(query, ['startDate', 'endDate']) }),
  },
  {
    says: 'grouped-total',
    does: 'the metric agents.total is an object of counts by presence',
    where: ['/api/v2/metrics/agents.total'],
    make: () => ({ query: query => new URLSearchParams([...query, ['groupBy', 'presence']]) }),
  },
  {
    says: 'no-scim',
    does: 'SCIM responds with 403',
    where: ['/auth/scim/'],
    make: () => ({ intercept: () => refuse(403, 'SCIM is not enabled for this account') }),
  },
]
