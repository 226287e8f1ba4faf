import { didYouMean } from '../config/nearest.ts'
import type { Mistakes, Sign } from '../engine/stream/mistakes.ts'
import { configError } from '../errors.ts'
import { excerpt, type Json, type JsonObject, valueAt } from '../json.ts'
import { type CustomStreamConfig, nonBlank } from './config.ts'
import { onBehalf } from './invalid.ts'
import type { Description, Judge } from './response/find-records.ts'
import { paginationOf } from './response/pagination.ts'
import { compileCursorFormat, type ReadMoment, withMoment } from './schema/cursor.ts'

/** What to say where answers show a mistake in a custom stream. */
export function mistakesOf(stream: CustomStreamConfig): Mistakes {
  const { parameter = 'the page' } = paginationOf(stream.pagination)
  return {
    allGone: parts =>
      mistake(
        stream,
        `received 404 for ${parts === 1 ? 'its only part' : `all of its ${parts} parts`}: ${stream.url} may be misspelt, or its values are not ids that the API knows. Fix its url; the command "sample" shows what is sent.`,
      ),
    samePage: (rows, asked) =>
      rows < asked && !isTypicalSize(rows)
        ? undefined
        : mistake(
            stream,
            `received page 1 again as page 2: does the API know ${parameter}? Fix pagination. If the list has exactly ${rows} records, choose paging none.`,
          ),
    samePlace: named =>
      mistake(
        stream,
        `is led back to a page that came before (${excerpt(named.replace('\u0000', ''), 60)}): the place of the next page that pagination names holds something else. Fix it; the command "sample" shows the responses.`,
      ),
    noField: (field, from, known) =>
      mistake(
        stream,
        `takes the field ${field} from ${from}, but none of its records has one; ${didYouMean(field, known)}they have ${known.join(', ')}. Fix the name.`,
      ),
  }
}

/** What the config describes of records, and what to say where they are not so; `added` are columns of the connector's own. */
export function descriptionOf(stream: CustomStreamConfig, added: readonly string[]): Description {
  const field = nonBlank(stream.cursor_field)
  const readMoment = onBehalf('cursor_format', () => compileCursorFormat(nonBlank(stream.cursor_format)))
  const isWritten = field !== undefined && (stream.cursor_format ?? 'iso8601') !== 'iso8601'
  return {
    // By the format of the config, before any time is looked at.
    prepare: record => (isWritten ? withMoment(record, field, readMoment) : record),
    judges: [
      ...keyJudges(stream, added),
      ...[cursorJudge(stream, isWritten ? compileCursorFormat() : readMoment)].filter(
        judge => judge !== undefined,
      ),
    ],
    pathMistake: pathMistake(stream),
    nextMistake: nextMistake(stream),
  }
}

/** What to say if no response has the path to the data. */
export function pathMistake(stream: CustomStreamConfig): (outline: string) => Sign {
  return outline => ({
    of: 'data_path',
    mistake: mistake(
      stream,
      `has the data_path ${stream.data_path}, which finds nothing in any response: there are ${outline}. Fix it; the command "sample" with --suggest lists likely paths.`,
    ),
  })
}

/** What to say if a page is full and no response names a next one. */
export function nextMistake(stream: CustomStreamConfig): (rows: number) => Sign | undefined {
  const { path, usesLinkHeader } = paginationOf(stream.pagination)
  const size = sizeIn(`${stream.url} ${stream.body ?? ''}`)
  const what = usesLinkHeader === true ? 'a Link header' : `anything at ${path?.text}`
  return rows =>
    (size === undefined ? !isTypicalSize(rows) : rows < size)
      ? undefined
      : {
          of: 'pagination',
          mistake: mistake(
            stream,
            `received a full page of ${rows} records, but no response has ${what}, where the next page should be named. Fix pagination. If the list has exactly ${rows} records, choose paging none.`,
          ),
        }
}

/** Whether the records of a page have the fields of the key, but for those that the connector adds. */
export function keyJudges(stream: CustomStreamConfig, added: readonly string[]): readonly Judge[] {
  const fields = (stream.primary_key ?? []).filter(field => !added.includes(field))
  return fields.map(field => records => {
    const of = `primary_key ${field}`
    if (records.some(record => (valueAt(record, field) ?? null) !== null)) return { of }
    return {
      of,
      mistake: mistake(stream, `has the primary_key ${field}, which ${none(field, records)}. Fix it.`),
    }
  })
}

/** Whether any record of a page has a time that can be read; those whose time is null tell nothing. */
export function cursorJudge(stream: CustomStreamConfig, readMoment: ReadMoment): Judge | undefined {
  const field = nonBlank(stream.cursor_field)
  if (field === undefined) return undefined
  const of = 'cursor_field'
  return records => {
    const values = records.map(record => valueAt(record, field))
    if (values.some(value => readMoment(value) !== undefined)) return { of }
    const odd = values.find(value => value !== undefined && value !== null && value !== '')
    if (odd !== undefined) return { of, mistake: mistake(stream, unreadable(stream, field, odd)) }
    return values.every(value => value === undefined)
      ? {
          of,
          mistake: mistake(stream, `has the cursor_field ${field}, which ${none(field, records)}. Fix it.`),
        }
      : undefined
  }
}

function unreadable(stream: CustomStreamConfig, field: string, value: Json): string {
  const format = stream.cursor_format ?? 'iso8601'
  const said =
    format === 'iso8601' ? 'is not a time in ISO 8601' : `is not a time of the cursor_format ${format}`
  return `has the cursor_field ${field}, but its value ${excerpt(JSON.stringify(value), 60)} ${said}. Set cursor_format to epoch_seconds, epoch_millis, epoch_micros, epoch_nanos, or a pattern such as dd/MM/yyyy.`
}

function none(field: string, [first = {}]: readonly JsonObject[]): string {
  const fields = Object.keys(first)
  return `no record has; ${didYouMean(field, fields)}they have ${fields.slice(0, 30).join(', ')}`
}

function mistake({ name }: CustomStreamConfig, words: string) {
  return configError(`Custom stream ${name} ${words}`)
}

/** Sizes at which APIs cut pages where nobody asks for another. */
const TYPICAL = new Set([10, 20, 25, 30, 50, 100, 200, 250, 500, 1000, 5000, 10_000])

function isTypicalSize(rows: number): boolean {
  return TYPICAL.has(rows)
}

/** The page size that a request asks for by itself, where it does. */
function sizeIn(text: string): number | undefined {
  const [, size] =
    /\b(?:page_?size|per_?page|size|limit|max|count|top|first)\b["']?\s*[=:]\s*(\d+)/i.exec(text) ?? []
  return size === undefined ? undefined : Number(size)
}
