import { counted } from '../../counted.ts'
import type { CustomStreamConfig } from '../../custom/config.ts'
import type { Suggestions } from '../../custom/suggest/suggest.ts'
import type { ConnectorError } from '../../errors.ts'
import type { RecordedRequest } from '../../http/call-layers.ts'
import { excerpt, isList, isObject, type JsonObject } from '../../json.ts'
import { recordTable } from './table.ts'
import { formLines } from './tried-stream.ts'

/** What a sample showed. */
export interface Sampled {
  readonly requests: readonly RecordedRequest[]
  readonly records: readonly JsonObject[]
  readonly schema: JsonObject | undefined
  readonly suggestions: Suggestions | undefined
  /** What is not among the records, and why: a sentence each. */
  readonly remarks: readonly string[]
  /** What to add to the config's custom streams, where that was asked for. */
  readonly entry: CustomStreamConfig | undefined
  readonly error: ConnectorError | undefined
}

/** What a sample showed, as one JSON document. */
export function reportAsJson({
  requests,
  records,
  schema,
  suggestions,
  remarks,
  entry,
  error,
}: Sampled): string {
  const document = {
    requests: requests.map(({ reply, ...request }) => ({ ...request, bytes: reply?.bytes.length })),
    records,
    schema,
    suggestions,
    remarks: remarks.length === 0 ? undefined : remarks,
    entry,
    error: error?.message,
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** What a sample showed, for a person at a terminal of this width. */
export async function reportAsTable(sampled: Sampled, width: number): Promise<string> {
  const { requests, records, schema, suggestions, remarks, entry } = sampled
  const parts = [
    section('Requests', requests.map(requestLine)),
    section(`Records (the first ${records.length})`, [await recordTable(records, width - 2)]),
    ...(remarks.length === 0 ? [] : [section('Left out', remarks)]),
    ...(schema === undefined ? [] : [section('Columns', columnLines(schema))]),
    ...(suggestions === undefined ? [] : suggestionParts(suggestions, width)),
    ...(entry === undefined ? [] : entryParts(entry)),
  ]
  return `${parts.join('\n\n').replaceAll(CONTROL, '\ufffd')}\n`
}

/** Characters by which a response could control a terminal. */
const CONTROL = /[\p{Cc}--[\t\n]]/gv

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map(line => line.replace(/^/gm, '  '))].join('\n')
}

function requestLine({ method, url, body, status, ms, reply }: RecordedRequest): string {
  const size = reply === undefined ? '' : `, ${(reply.bytes.length / 1000).toFixed(1)} kB`
  const sent = body === undefined ? '' : `\n  ${excerpt(body, 500)}`
  return `${method} ${url}${sent}\n  ${status ?? 'no response'} in ${ms} ms${size}`
}

function columnLines({ properties }: JsonObject): string[] {
  const columns = Object.entries(isObject(properties) ? properties : {})
  const longest = Math.max(0, ...columns.map(([name]) => name.length))
  return columns.map(([name, column]) => `${name.padEnd(longest)}  ${typeOf(isObject(column) ? column : {})}`)
}

function typeOf({ type, format }: JsonObject): string {
  const types = (isList(type) ? type : [type]).filter(one => one !== 'null')
  return `${types.join(' or ')}${format === undefined ? '' : ` (${format})`}`
}

function suggestionParts({ data, metadata }: Suggestions, width: number): string[] {
  const paths = data.map(
    ({ path, count, first }) =>
      `${path}\n  ${counted(count, 'record')}, the first: ${excerpt(JSON.stringify(first ?? null), width - 30)}`,
  )
  const none = ['none: nothing in the response looks like records']
  return [
    section('Paths to the data, best first', paths.length === 0 ? none : paths),
    ...(metadata.length === 0 ? [] : [section('Paths to metadata', metadata)]),
  ]
}

/** The same entry twice: for a config file, and for those who fill in a form. */
function entryParts(entry: CustomStreamConfig): string[] {
  return [
    section('For the config, in the list custom_streams', [JSON.stringify(entry, undefined, 2)]),
    section('For Airbyte’s form, as a new entry of Custom Streams', formLines(entry)),
  ]
}
