import type { Route } from '../../engine/stream/definition.ts'
import { isList, isObject, type Json, type JsonObject } from '../../json.ts'
import type { Answer } from './ask.ts'
import type { Unread } from './witness.ts'

/** What an answer holds where a route's records should be. */
export type Container = 'list' | 'object' | 'null' | 'other' | 'missing' | Unread

/** What counts an envelope may name. */
const COUNTS = ['pages', 'total', 'current'] as const
export type Count = (typeof COUNTS)[number]

/** What is at the place of a route's records. */
export function containerOf({ records }: Route, { body, unread }: Answer): Container {
  if (unread !== undefined) return unread
  const found = foundAt(records, body)
  if (isList(found)) return 'list'
  if (isObject(found)) return 'object'
  return found === undefined ? 'missing' : found === null ? 'null' : 'other'
}

/** Whether an answer is one that the route documents: a list route's holds a list, another's an object or a list of one. */
export function fits(route: Route, answer: Answer): boolean {
  if (answer.status < 200 || answer.status >= 300) return false
  const container = containerOf(route, answer)
  return container === 'list' || (container === 'object' && route.records.kind !== 'list')
}

/** The records of an answer, as they came. */
export function rowsOf({ records }: Route, { body }: Answer): readonly Json[] {
  const found = foundAt(records, body)
  if (isList(found)) return found
  return isObject(found) && records.kind !== 'list' ? [found] : []
}

function foundAt(records: Route['records'], body: Json | undefined): Json | undefined {
  if (records.kind === 'list') return isList(body) ? body : isObject(body) ? body[records.key] : undefined
  return records.kind === 'one' && isObject(body) && body[records.key] !== undefined
    ? body[records.key]
    : body
}

const NAMES: Readonly<Record<Count, readonly string[]>> = {
  pages: ['pages', 'page_count'],
  total: ['total', 'total_count', 'totalResults'],
  current: ['current', 'page', 'startIndex'],
}

/** The count that an envelope names, in whatever dialect. */
export function countIn({ body }: Answer, count: Count): number | undefined {
  const value = envelopesOf(body).flatMap(one => NAMES[count].map(name => one[name]))
  return value.find(isCount)
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** The counts that a route's dialect is documented to name: the seed has no pages, and no page where it has offsets. */
export function documentedCounts({ source, paginate }: Route): readonly Count[] {
  if (paginate.kind !== 'page' && paginate.kind !== 'offset') return []
  const isScim =
    paginate.kind === 'offset' && paginate.first.at === 0 && 'startIndex' in paginate.query(paginate.first, 1)
  return COUNTS.filter(
    count =>
      count === 'total' || (count === 'pages' ? source === 'documented' : paginate.kind === 'page' || isScim),
  )
}

function envelopesOf(body: Json | undefined): readonly JsonObject[] {
  if (!isObject(body)) return []
  const inner = [body['pagination'], body['_metadata']].filter(isObject)
  return inner.length > 0 ? inner : [body]
}
