import { type JsonObject, json, jsonBytes, type Response } from '../response.ts'
import { type Rows, sliceRows } from '../world/ground/rows.ts'

/** A page's place in its list: rows `from` to `from + size`; `page` counts from 1. */
export interface Slice {
  readonly from: number
  readonly size: number
  readonly page: number
}

/** What there is to count in a list. */
export interface CountedList {
  /** How many records are on the page. */
  readonly served: number
  /** How many the list would have without any filter. */
  readonly unfiltered: () => number
  readonly now: number
}

/** How a list is paged and wrapped. */
export interface Dialect {
  /** The key that holds the records. */
  readonly container: string
  /** The query parameters it reads: where a page starts, then its size; none where there are no pages. */
  readonly parameters: readonly string[]
  /** The page a query asks for, or the refusal of a query it does not accept. */
  readonly slice: (query: URLSearchParams, total: number) => Slice | Response
  /** What surrounds the records on a page that holds `served` of them. */
  readonly envelope: (slice: Slice, total: number, served: number) => JsonObject
}

/** Whether a query was refused instead of leading to a page. */
export function isRefusal(slice: Slice | Response): slice is Response {
  return 'status' in slice
}

/** A page of a list: the one that was asked for, where its rows are taken from, and how long the list says it is. */
export interface Page {
  readonly slice: Slice
  readonly from: Slice
  readonly total: (served: number) => number
}

/** One page of a list. */
export function pageResponse(dialect: Dialect, rows: Rows, { slice, from: moved, total }: Page): Response {
  const to = Math.min(moved.from + moved.size, rows.count)
  const served = Math.max(0, to - moved.from)
  const envelope = { [dialect.container]: [], ...dialect.envelope(slice, total(served), served) }
  if (!rows.bytes) return json({ ...envelope, [dialect.container]: sliceRows(rows, moved.from, to) })
  return jsonBytes(wrap(envelope, dialect.container, rows.bytes(moved.from, Math.max(moved.from, to))))
}

/** A parameter's whole number of at least 1, or the fallback when it holds none. */
export function countIn(query: URLSearchParams, name: string, fallback: number): number {
  const value = Number(query.get(name) ?? fallback)
  return Number.isFinite(value) && value >= 1 ? Math.floor(value) : fallback
}

function wrap(envelope: JsonObject, container: string, records: Uint8Array): readonly Uint8Array[] {
  const text = JSON.stringify(envelope)
  const at = text.indexOf(`"${container}":[`) + container.length + 4
  return [Buffer.from(text.slice(0, at)), records, Buffer.from(text.slice(at))]
}
