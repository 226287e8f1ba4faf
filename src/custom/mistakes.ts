import { hash } from 'node:crypto'
import { didYouMean } from '../config/nearest.ts'
import type { Mistakes, Sign } from '../engine/stream/mistakes.ts'
import { configError } from '../errors.ts'
import { excerpt, type JsonObject, valueAt } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { onBehalf } from './invalid.ts'
import { paginationOf } from './response/pagination.ts'
import type { Description, Judge } from './response/signs.ts'
import { compileCursorFormat, type ReadMoment, withMoment } from './schema/cursor.ts'

/** What to say where answers show a mistake in a custom stream. */
export function mistakesOf(stream: CustomStreamConfig): Mistakes {
  const { parameter = 'the page' } = paginationOf(stream.pagination)
  const { error } = mistakesIn(stream)
  return {
    allGone: parts =>
      error(
        `received 404 for ${parts === 1 ? 'its only part' : `all of its ${parts} parts`}: ${stream.url} may be misspelt, or its values are not ids that the API knows. Fix its url; the command "sample" shows what is sent.`,
      ),
    samePage: (rows, asked) =>
      rows < asked && !TYPICAL.has(rows)
        ? undefined
        : error(
            `received page 1 again as page 2: does the API know ${parameter}? Fix pagination. If the list has exactly ${rows} records, choose paging none.`,
          ),
    samePlace: named =>
      error(
        `is led back to a page that came before (${excerpt(named.replace('\u0000', ''), 60)}): the place of the next page that pagination names holds something else. Fix it; the command "sample" shows the responses.`,
      ),
    noField: (field, from, known) =>
      error(
        `takes the field ${field} from ${from}, but none of its records has one; ${didYouMean(field, known)}they have ${known.join(', ')}. Fix the name.`,
      ),
  }
}

/** What the config describes of records, and what to say where they are not so; `added` are columns of the connector's own. */
export function descriptionOf(stream: CustomStreamConfig, added: readonly string[]): Description {
  const { cursor_format = 'iso8601' } = stream
  const field = stream.cursor_field
  const readMoment = onBehalf('cursor_format', () => compileCursorFormat(cursor_format))
  const isWritten = field !== undefined && cursor_format !== 'iso8601'
  const cursor = cursorJudge(stream, isWritten ? compileCursorFormat() : readMoment)
  const key = (stream.primary_key ?? []).filter(name => !added.includes(name))
  return {
    // By the format of the config, before any time is looked at.
    prepare: record => (isWritten ? withMoment(record, field, readMoment) : record),
    judges: [
      ...keyJudges(stream, added),
      ...(key.length === 0 ? [] : [differenceJudge(stream, key)]),
      ...(cursor === undefined ? [] : [cursor]),
    ],
    print: records => printOf(keysOf(records, key), records.length),
    pathMistake: pathMistake(stream),
    nextMistake: nextMistake(stream),
  }
}

/** What to say if no response has the path to the data, or to what is beside it. */
export function pathMistake(stream: CustomStreamConfig): Description['pathMistake'] {
  return (outline, of = 'data_path') =>
    mistakesIn(stream).sign(
      of,
      `has the ${of} ${stream[of]}, which finds ${of === 'total_path' ? 'no number' : 'nothing'} in any response: there are ${outline}. Fix it; the command "sample" with --suggest lists likely paths.`,
    )
}

/** What to say if a page is full and no response names a next one, or if what should name it only says that there is one. */
export function nextMistake(stream: CustomStreamConfig): Description['nextMistake'] {
  const { path, usesLinkHeader } = paginationOf(stream.pagination)
  const size = sizeIn(`${stream.url} ${stream.body ?? ''}`)
  const what = usesLinkHeader === true ? 'a Link header' : `anything at ${path?.text}`
  return (rows, isTrue = false) => {
    const words = isTrue
      ? `finds true at ${path?.text}, which does not name the next page. Fix pagination.`
      : `received a full page of ${rows} records, but no response has ${what}, where the next page should be named. Fix pagination. If the list has exactly ${rows} records, choose paging none.`
    const isFull = size === undefined ? TYPICAL.has(rows) : rows >= size
    return isTrue || isFull ? mistakesIn(stream).sign('pagination', words) : undefined
  }
}

/** Whether the records of a page have the fields of the key, but for those that the connector adds. */
export function keyJudges(stream: CustomStreamConfig, added: readonly string[]): readonly Judge[] {
  const fields = (stream.primary_key ?? []).filter(field => !added.includes(field))
  return fields.map(field => records => {
    const of = `primary_key ${field}`
    return keysOf(records, [field]).length > 0
      ? { of }
      : mistakesIn(stream).sign(of, `has the primary_key ${field}, which ${none(field, records)}. Fix it.`)
  })
}

/** Whether the key tells the records of a page apart: half of those that differ have a key of their own. */
function differenceJudge(stream: CustomStreamConfig, key: readonly string[]): Judge {
  return records => {
    const keys = new Set(keysOf(records, key)).size
    if (keys === 0 || keys * 2 > records.length) return undefined
    const different = new Set(records.map(record => JSON.stringify(record))).size
    return keys * 2 > different || different < 3
      ? undefined
      : mistakesIn(stream).sign(
          'key',
          `has the primary_key ${key.join(', ')}, which is the same in many records: a response has ${different} different ones with ${keys} different keys, and the rest would be lost. Add a field that tells them apart.`,
        )
  }
}

/** The keys of the records that have one. */
function keysOf(records: readonly JsonObject[], key: readonly string[]): readonly string[] {
  return records
    .map(record => key.map(field => valueAt(record, field) ?? null))
    .filter(values => values.some(value => value !== null))
    .map(values => JSON.stringify(values))
}

function printOf(keys: readonly string[], rows: number): string | undefined {
  if (keys.length === 0 || keys.length < rows) return undefined
  return hash('sha1', [...keys].sort().join(), 'base64')
}

/** Whether any record of a page has a time that can be read, in the years in which there may be one; those whose time is null
 *  tell nothing. */
export function cursorJudge(stream: CustomStreamConfig, readMoment: ReadMoment): Judge | undefined {
  const field = stream.cursor_field
  if (field === undefined) return undefined
  const { sign } = mistakesIn(stream)
  const format = stream.cursor_format ?? 'iso8601'
  const of = 'cursor_field'
  return records => {
    const values = records.map(record => valueAt(record, field))
    if (values.some(value => isLikely(readMoment(value)))) return { of }
    const odd = values.find(value => value !== undefined && value !== null && value !== '')
    if (odd === undefined)
      return values.every(value => value === undefined)
        ? sign(of, `has the cursor_field ${field}, which ${none(field, records)}. Fix it.`)
        : undefined
    const what = format === 'iso8601' ? 'in ISO 8601' : `of the cursor_format ${format}`
    return sign(
      of,
      `has the cursor_field ${field}, but its value ${excerpt(JSON.stringify(odd), 60)} is not a time ${what}. Set cursor_format to epoch_seconds, epoch_millis, epoch_micros, epoch_nanos, or a pattern such as dd/MM/yyyy.`,
    )
  }
}

/** Seconds that are read as milliseconds lie in 1970, milliseconds that are read as seconds far ahead. */
function isLikely(moment: string | undefined): boolean {
  return moment !== undefined && moment > '1971' && moment < '2200'
}

function none(field: string, [first = {}]: readonly JsonObject[]): string {
  const fields = Object.keys(first)
  return `no record has; ${didYouMean(field, fields)}they have ${fields.slice(0, 30).join(', ')}`
}

function mistakesIn({ name }: CustomStreamConfig) {
  const error = (words: string) => configError(`Custom stream ${name} ${words}`)
  return { error, sign: (of: string, words: string): Sign => ({ of, mistake: error(words) }) }
}

/** Sizes at which APIs cut pages where nobody asks for another. */
const TYPICAL: ReadonlySet<number> = new Set([10, 20, 25, 30, 50, 100, 200, 250, 500, 1000, 5000, 10_000])

/** The page size that a request asks for by itself, where it does. */
function sizeIn(text: string): number | undefined {
  const [, size] =
    /\b(?:page_?size|per_?page|size|limit|max|count|top|first)\b["']?\s*[=:]\s*(\d+)/i.exec(text) ?? []
  return size === undefined ? undefined : Number(size)
}
