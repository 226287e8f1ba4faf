import type { Row, Rows } from '../ground/rows.ts'
import { metricIds } from './ids.ts'

/** The definition of a metric: what it measures and the filters it takes. */
export function metricDefinition(id: string): Row {
  return {
    id,
    description: `Simulated: ${id.replaceAll(/[._-]/g, ' ')}.`,
    tags: [id.split('.')[0] ?? id],
    filters: metricFilters(id).map(name => ({ name, ...filters[name] })),
  }
}

/** The names of the query parameters a metric takes. */
export function metricFilters(id: string): readonly (keyof typeof filters)[] {
  if (id === 'agents.total') return ['enabled']
  return /^(calls|queues)\./.test(id) ? ['startDate', 'endDate', 'agentId', 'queueId'] : []
}

/** The definitions of all metrics, in the order of their ids. */
export const everyMetric: Rows = {
  count: metricIds.length,
  at: place => metricDefinition(metricIds[place] ?? ''),
  idAt: place => metricIds[place] ?? '',
}

const filters = {
  enabled: { type: 'string', enum: ['true', 'false'], description: 'Keeps agents that are enabled, or not.' },
  startDate: { type: 'string', format: 'date-time', description: 'The first moment that counts.' },
  endDate: { type: 'string', format: 'date-time', description: 'The first moment that does not count.' },
  agentId: { type: 'array', items: { type: 'string' }, description: 'Keeps what these agents did.' },
  queueId: { type: 'array', items: { type: 'string' }, description: 'Keeps what waited in these queues.' },
} as const
