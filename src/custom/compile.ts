import type { Settings } from '../config/settings.ts'
import type { Route, StreamDef } from '../engine/stream/definition.ts'
import type { JsonObject } from '../json.ts'
import { defined } from '../optional.ts'
import type { CustomStreamConfig } from './config.ts'
import { descriptionOf } from './description.ts'
import { identityOf } from './identity.ts'
import { onBehalf } from './invalid.ts'
import { lookupsOf, rowsFor, stampsOf, type Tables } from './lookup/tables.ts'
import { mistakesOf } from './mistakes.ts'
import { compileDateFormat } from './request/dates.ts'
import type { MacroContext } from './request/macros.ts'
import { type Target, targetOf } from './request/target.ts'
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

/** Compiles a custom stream into one that the engine can read. Makes no request. Throws an InvalidField for what the user must
 *  change. */
export async function compileCustomStream(
  stream: CustomStreamConfig,
  context: StreamContext,
): Promise<CustomStream> {
  const { tables, origin } = context
  const target = onBehalf('url', () => targetOf(stream.url, origin))
  const macros = macrosOf(stream, context)
  const templates = compileTemplates(stream, target, macros)
  const stamps = stampsOf(stream, tables)
  const names = new Map([
    ...[...stamps.keys()].map(name => [name, 'include_fields'] as const),
    ...templates.names,
  ])
  const added = [...stamps.values(), 'window_start', 'window_end', 'metadata']
  const lookups = lookupsOf(names, tables)
  const time = timeOf(stream, templates.isWindowed, macros.dates)
  const def: StreamDef = defined({
    name: stream.name,
    primaryKey: primaryKeyOf(stream, time.incremental),
    incremental: time.incremental,
    adapt: adaptOf(stamps, time.incremental),
    lookups: lookups.length === 0 ? undefined : lookups,
    parallelism: stream.parallelism,
    identity: identityOf(stream),
    mistakes: mistakesOf(stream),
    host: target.foreign === undefined ? undefined : new URL(target.foreign).host,
    reshape: stream.response_format === 'xml' ? withLists : undefined,
    routes: [{ ...(await routeOf(stream, target, templates, context, added)), ...time.window }],
  })
  return {
    def,
    schema: await parseSchema(stream.json_schema),
    columns: columnsFor(stream, def, stamps),
    secrets: templates.secrets,
    foreign: target.foreign,
    included: stamps,
  }
}

function macrosOf(stream: CustomStreamConfig, { settings, tables }: StreamContext): MacroContext {
  const dates = onBehalf('date_format', () => compileDateFormat(stream.date_format))
  const isDaily = stream.cursor_field === undefined
  return {
    dates,
    unit: stream.time_unit ?? 'day',
    nowMs: settings.nowMs,
    whole: { from: settings.startMs, to: settings.endMs },
    endsEarlierMs: isDaily && stream.window_end === 'inclusive' ? dates.stepMs : 0,
    tables,
  }
}

async function routeOf(
  stream: CustomStreamConfig,
  target: Target,
  templates: RequestTemplates,
  { tables }: StreamContext,
  added: readonly string[],
): Promise<Route> {
  const { paginate } = paginationOf(stream.pagination)
  const parts = { ...templates, stream, target }
  const place = defined({ ...paginate.first, named: paginate.kind === 'next-token' ? '1' : undefined })
  for (const values of rowsFor(templates.names.keys(), tables))
    writeRequest(parts, { values, window: undefined, place, paging: paginate.query(place, 1) })
  return {
    source: 'custom',
    path: (target.foreign ?? '') + (target.path.split('?', 1)[0] ?? ''),
    records: { kind: 'found', find: await findFor(stream, target, descriptionOf(stream, added)) },
    paginate,
    method: stream.method ?? 'GET',
    write: compileWrite(parts),
  }
}
