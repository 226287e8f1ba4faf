import type { Settings } from '../config/settings.ts'
import type { Route, StreamDef } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'
import { defined } from '../optional.ts'
import type { CustomStreamConfig } from './config.ts'
import { describe } from './description.ts'
import { onBehalf } from './invalid.ts'
import { lookupsOf, stampsOf, type Tables } from './lookup/tables.ts'
import { mistakesOf } from './mistakes.ts'
import { compileDateFormat } from './request/dates.ts'
import type { MacroContext } from './request/macros.ts'
import { targetOf } from './request/target.ts'
import { compileTemplates, type RequestTemplates } from './request/templates.ts'
import { compileWrite, writeRequest } from './request/write.ts'
import { findFor } from './response/formats.ts'
import { paginationOf } from './response/pagination.ts'
import { adaptOf, columnsFor, primaryKeyOf, timeOf } from './schema/columns.ts'
import { withLists } from './schema/infer.ts'
import { type Columns, parseSchema } from './schema/schema.ts'

/** A custom stream, ready to be read. */
export interface CustomStream {
  readonly def: StreamDef
  /** The schema that the config gives. */
  readonly schema: JsonObject | undefined
  /** The columns that it has, whatever is in its records. */
  readonly columns: Columns
  /** Values in its requests that must never be shown. */
  readonly secrets: readonly string[]
  /** The origin it reads from without credentials, if that is not the configured one. */
  readonly foreign: string | undefined
  /** The columns of values that it includes, by their names: parent.id in parent_id. */
  readonly included: ReadonlyMap<string, string>
}

/** What a custom stream is compiled against. */
export interface StreamContext {
  readonly origin: string
  readonly settings: Pick<Settings, 'nowMs' | 'startMs' | 'endMs'>
  /** The tables that its macros may name: its parent's, and its lookups'. */
  readonly tables: Tables
}

/** Compiles a custom stream, without a request. Throws an InvalidField for what the user must change. */
export async function compileCustomStream(stream: CustomStreamConfig, context: StreamContext) {
  const target = onBehalf('url', () => targetOf(stream.url, context.origin))
  const macros = macrosOf(stream, context)
  const request = compileTemplates(stream, target, macros)
  const included = stampsOf(stream, context.tables)
  const time = timeOf(stream, request.stepMs !== undefined, macros.dates)
  const schema = await parseSchema(stream.json_schema)
  const def: StreamDef = defined({
    name: stream.name,
    primaryKey: primaryKeyOf(stream, time.incremental),
    incremental: time.incremental,
    adapt: adaptOf(included, time.incremental),
    lookups: lookupsIn(request, included, context.tables),
    parallelism: stream.parallelism,
    identity: identityOf(stream),
    mistakes: mistakesOf(stream),
    host: target.foreign === undefined ? undefined : new URL(target.foreign).host,
    reshape: stream.response_format === 'xml' ? withLists : undefined,
    routes: [defined({ ...(await routeOf(request, included)), window: time.window })],
  })
  const columns = columnsFor(stream, def, included)
  const { secrets } = request
  return { def, schema, columns, secrets, foreign: target.foreign, included } satisfies CustomStream
}

function macrosOf(stream: CustomStreamConfig, { settings, tables }: StreamContext): MacroContext {
  const dates = onBehalf('date_format', () => compileDateFormat(stream.date_format))
  const isInclusive = stream.cursor_field === undefined && stream.window_end === 'inclusive'
  return {
    dates,
    unit: stream.time_unit ?? 'day',
    nowMs: settings.nowMs,
    whole: { from: settings.startMs, to: settings.endMs },
    endsEarlierMs: isInclusive ? dates.stepMs : 0,
    tables,
  }
}

/** The lookups that a stream's requests and records need; each row is tried on the request. */
function lookupsIn(request: RequestTemplates, included: CustomStream['included'], tables: Tables) {
  const fromRecords = [...included.keys()].map(name => [name, 'include_fields'] as const)
  const lookups = lookupsOf(new Map([...fromRecords, ...request.names]), tables)
  const any = Object.fromEntries([...request.names.keys()].map(name => [name, '1']))
  const rows = lookups.flatMap(lookup => ('rows' in lookup ? lookup.rows : []))
  const { paginate } = paginationOf(request.stream.pagination)
  const place = defined({ ...paginate.first, named: paginate.kind === 'next-token' ? '1' : undefined })
  const paging = paginate.query(place, 1)
  for (const row of rows.length === 0 ? [any] : rows)
    writeRequest(request, { values: { ...any, ...row }, window: undefined, place, paging })
  return lookups.length === 0 ? undefined : lookups
}

async function routeOf(request: RequestTemplates, included: CustomStream['included']): Promise<Route> {
  const { stream, target } = request
  const added = [...included.values(), 'window_start', 'window_end', 'metadata']
  const description = describe(stream, added, request.stepMs)
  return {
    source: 'custom',
    path: (target.foreign ?? '') + (target.path.split('?', 1)[0] ?? ''),
    records: { kind: 'found', find: await findFor(stream, target, description) },
    paginate: paginationOf(stream.pagination).paginate,
    method: stream.method ?? 'GET',
    write: compileWrite(request),
  }
}

/** What makes a custom stream another one when it changes, by the config's names: which records it has, and what tells them
 *  apart. Headers, lookups and how pages are asked for are no part of it. */
export function identityOf(stream: CustomStreamConfig): Readonly<Record<string, string>> {
  const { url, method = 'GET', body, data_path, primary_key = [], cursor_field, parent } = stream
  return defined({
    url,
    method,
    body,
    data_path,
    primary_key: primary_key.length === 0 ? undefined : JSON.stringify(primary_key),
    cursor_field,
    parent,
  })
}
