import { type JsonObject, objectIn, type Response, withJson } from '../../response.ts'
import { type FaultRow, wholeIn } from '../fault.ts'
import { windowIn } from './windows.ts'

const HOUR_MS = 3_600_000
const where = ['/api/v2/metrics/', '/api/v2/outbound/campaigns/', '/api/v3/tasks/usage']

/** What a number of an interval looks like before it has settled. */
const drafts = {
  null: () => null,
  zero: (value: unknown) => (typeof value === 'string' ? '0' : 0),
  partial: (value: unknown) => {
    const half = Math.floor(Number(value) / 2)
    return typeof value === 'string' ? String(half) : half
  },
} as const

/** Faults in numbers over an interval, which are final only hours after it has ended. */
export const aggregateFaults: readonly FaultRow[] = (['null', 'zero', 'partial'] as const).map(draft => ({
  says: `metrics-${draft}:HOURS`,
  does: `numbers over an interval are ${draft === 'partial' ? 'half of what they will be' : draft} until HOURS (2) after its end`,
  where,
  make: (argument: string) => {
    const lateMs = wholeIn(argument, 2) * HOUR_MS
    return {
      after: (response, request, now) => {
        const { to } = windowIn(request.query, request) ?? {}
        return to === undefined || to + lateMs <= now ? response : drafted(response, drafts[draft])
      },
    }
  },
}))

type Change = (value: unknown) => unknown

function drafted(response: Response, change: Change): Response {
  const body = response.status === 200 ? objectIn(response) : undefined
  if (!body) return response
  const { metric, items, timeseries } = body
  return withJson(response, {
    ...body,
    ...(isObject(metric) ? { metric: { ...metric, value: change(metric['value']) } } : {}),
    ...(Array.isArray(items) ? { items: items.map(item => withNumbers(item, change)) } : {}),
    ...(Array.isArray(timeseries) ? { timeseries: timeseries.map(point => withNumbers(point, change)) } : {}),
  })
}

function withNumbers(row: JsonObject, change: Change): JsonObject {
  const isCount = (value: unknown) =>
    typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isCount(value) ? change(value) : value]),
  )
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
