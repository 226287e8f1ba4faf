import { countIn } from '../../dialects/dialect.ts'
import type { Request } from '../../request.ts'
import { json, type Response, refuse } from '../../response.ts'
import type { Scene } from '../../routing/route.ts'
import { demoRows, portionAt } from './rows.ts'
import { placeOf, tokenFor } from './tokens.ts'

const CAP = 500

/** The response to a search: {query: {from, to}, page, size, token} as JSON, or the same fields flat as a form. */
export function searchResponse(scene: Scene): Response {
  const fields = fieldsIn(scene.request)
  if (!fields) return refuse(400, 'the body must be a JSON object or a form')
  const size = Math.min(CAP, countIn(fields, 'size', 50))
  const token = fields.get('token')
  const from = token ? placeOf(token) : (countIn(fields, 'page', 1) - 1) * size
  const span = spanIn(fields)
  if (from === undefined || !span) return refuse(400, 'token, from or to cannot be understood')
  const { records, total, next } = portionAt(scene, demoRows(scene.world, span), from, size)
  return json({ result: { hits: records, total, next_token: next === undefined ? null : tokenFor(next) } })
}

/** The time span between two ISO times, both included; undefined when one of them is not a time. */
export function spanIn(fields: URLSearchParams): { readonly from: number; readonly to: number } | undefined {
  const from = timeIn(fields.get('from'), 0)
  const to = timeIn(fields.get('to'), Number.MAX_SAFE_INTEGER)
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : { from, to }
}

function timeIn(text: string | null, fallback: number): number {
  return text === null || text === '' ? fallback : Date.parse(text)
}

function fieldsIn({ headers, body }: Request): URLSearchParams | undefined {
  if (!headers['content-type']?.startsWith('application/json')) return new URLSearchParams(body)
  const given = parsed(body)
  if (!isObject(given)) return undefined
  const { query, ...rest } = given
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...rest, ...(isObject(query) ? query : {}) }))
    if (value !== null) fields.set(name, String(value))
  return fields
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
