import { reply } from '../http/testing.ts'
import type { Reply, Request } from '../http/types.ts'
import type { Json, JsonObject } from '../json.ts'
import { type Api, NOW } from './testing.ts'

/** `count` calls spread evenly over [from, to), oldest first. */
export function callsBetween(from: number, to: number, count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + Math.floor(((to - from) * index) / count)
    return { id: `c${index}`, dateCreated: new Date(at).toISOString() }
  })
}

interface Quirks {
  /** The most rows on a page, whatever is asked for. */
  readonly clamp?: number
  /** The same, but where a page begins is worked out from what was asked for. */
  readonly clampLimit?: number
  /** What the answers say nothing of. */
  readonly leavesOut?: readonly ('pages' | 'total' | 'max')[]
  /** What the answers say of the list instead of the truth. */
  readonly claims?: Readonly<Record<string, number>>
}

/** One page of these rows, as the documented API answers it. */
export function pageOf(rows: readonly Json[], { query = {} }: Request, quirks: Quirks = {}): Reply {
  const { clamp = Number.POSITIVE_INFINITY, clampLimit = Number.POSITIVE_INFINITY, claims } = quirks
  const asked = Number(query['max'] ?? 100)
  const max = Math.min(asked, clamp)
  const page = Number(query['page'] ?? 1)
  const facts = { pages: Math.ceil(rows.length / max), total: rows.length, max, ...claims }
  const told = Object.entries(facts).filter(([name]) => !quirks.leavesOut?.some(left => left === name))
  const from = (page - 1) * max
  return reply(200, {
    items: rows.slice(from, from + Math.min(max, clampLimit)),
    pagination: { current: page, ...Object.fromEntries(told) },
  })
}

/** An API that serves these calls newest first, filtered by the seconds asked for, both inclusive. */
export function serveCalls(calls: readonly JsonObject[], quirks: Quirks = {}): Api {
  const timed = calls.map(call => ({ call, at: Date.parse(String(call['dateCreated'])) })).reverse()
  return request => {
    const [from, to] = [request.query?.['time.start'] ?? 0, request.query?.['time.end'] ?? NOW]
    const found = timed.filter(({ at }) => at >= Number(from) * 1000 && at <= Number(to) * 1000)
    const rows = found.map(({ call }) => call)
    return pageOf(rows, request, quirks)
  }
}
