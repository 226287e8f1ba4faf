import { hash } from 'node:crypto'
import { didYouMean } from '../config/nearest.ts'
import { DAY_MS } from '../durations.ts'
import { excerpt, isList, isObject, type JsonObject, valueAt } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { onBehalf } from './invalid.ts'
import { mistakeIn, sizeIn, TYPICAL_SIZES } from './mistakes.ts'
import type { Description, FilterField, SeenPage } from './response/find-records.ts'
import { isEnd, paginationOf } from './response/pagination.ts'
import { compileCursorFormat, cursorStepMs, withMoment } from './schema/cursor.ts'

/** Judges one part of a description by a page: that it is right, what may be wrong with it, or nothing. */
interface Judge {
  readonly of: string
  readonly judge: (page: SeenPage) => true | string | undefined
}

/** What the config describes of pages, and what to say where they are not so; `added` are columns of the connector's own, and
 *  `stepMs` is how finely requests say which window of time they want. */
export function describe(stream: CustomStreamConfig, added: readonly string[], stepMs = DAY_MS): Description {
  const { name, cursor_field: field, cursor_format } = stream
  const isWritten = field !== undefined && cursor_format !== undefined && cursor_format !== 'iso8601'
  const readMoment = onBehalf('cursor_format', () => compileCursorFormat(cursor_format))
  const key = (stream.primary_key ?? []).filter(one => !added.includes(one))
  const judges = [
    ...(['data_path', 'metadata_path', 'total_path'] as const).map(of => pathJudge(of, stream)),
    filterJudge(stream),
    ...key.map(keyJudge),
    differenceJudge(key),
    ...cursorJudges(stream, stepMs),
    ...nextJudges(stream),
  ]
  return {
    prepare: record => (isWritten ? withMoment(record, field, readMoment) : record),
    print(records) {
      const keys = [...keysOf(records, key)].sort()
      return keys.length > 0 && keys.length === records.length
        ? hash('sha1', keys.join(), 'base64')
        : undefined
    },
    judge(page) {
      if (keysOf(page.records, key).length === 0) refuseEnvelope(page, stream)
      return judges.flatMap(({ of, judge }) => {
        const said = judge(page)
        if (said === undefined) return []
        return said === true ? { of } : { of, mistake: mistakeIn(name, said) }
      })
    },
  }
}

/** Throws where each page would be one record, of which there is no end. */
function refuseEnvelope({ isLone, records: [one = {}] }: SeenPage, stream: CustomStreamConfig): void {
  const { name, data_path = 'the whole response', pagination: { type } = { type: 'none' } } = stream
  const list = Object.entries(one).find(([, value]) => isList(value) && value.some(isObject))?.[0]
  if (type !== 'none' && isLone && list !== undefined)
    throw mistakeIn(
      name,
      `takes ${data_path} for a record, though its ${list} is a list. Set data_path to the list.`,
    )
}

function pathJudge(of: keyof SeenPage['paths'], { [of]: path }: CustomStreamConfig): Judge {
  return {
    of,
    judge: ({ paths, outline }) =>
      paths[of] === false
        ? `has the ${of} ${path}, which finds ${of === 'total_path' ? 'no number of all records' : 'nothing'} in any response: there are ${outline}. Fix it; the command "sample" with --suggest lists likely paths.`
        : paths[of],
  }
}

/** Whether something has the fields that a filter compares, where nothing passes. Those that it looks for may be absent. */
function filterJudge({ data_path }: CustomStreamConfig): Judge {
  const near = ({ text, known }: FilterField) => didYouMean(text.replace(/^@\.|^@?\['|'\]$/g, ''), known)
  const judge: Judge['judge'] = ({ records, fields = [] }) => {
    const optional = fields.filter(one => one.isOptional).map(one => one.text)
    const isLacking = (one: FilterField) => !one.isSeen && !(optional.includes(one.text) && near(one) === '')
    const lacking = records.length > 0 ? undefined : fields.find(isLacking)
    if (lacking === undefined) return fields.length > 0 || undefined
    return `has the data_path ${data_path}, whose filter finds nothing: no record has ${lacking.text}; ${near(lacking)}they have ${lacking.known.slice(0, 30).join(', ')}. Fix it; if records may lack the field, let the filter ask whether it is there, too.`
  }
  return { of: 'filter', judge }
}

/** Whether any record of a page has a field of the key. */
function keyJudge(field: string): Judge {
  return {
    of: `primary_key ${field}`,
    judge({ records }) {
      if (records.length === 0 || keysOf(records, [field]).length > 0) return records.length > 0 || undefined
      return `has the primary_key ${field}, which ${none(field, records)}. Fix it.`
    },
  }
}

/** Whether the key tells the records of a page apart: half of those that differ have a key of their own. */
function differenceJudge(key: readonly string[]): Judge {
  return {
    of: 'key',
    judge({ records }) {
      const keys = new Set(keysOf(records, key)).size
      if (keys === 0 || keys * 2 > records.length) return undefined
      const different = new Set(records.map(record => JSON.stringify(record))).size
      return keys * 2 > different || different < 3
        ? undefined
        : `has the primary_key ${key.join(', ')}, which is the same in many records: a response has ${different} different ones with ${keys} different keys, and the rest would be lost. Add a field that tells them apart.`
    },
  }
}

/** Whether any record of a page has a time that can be read, in likely years; those whose time is null tell nothing. */
function cursorJudges(stream: CustomStreamConfig, stepMs: number): readonly Judge[] {
  const { cursor_field: field, cursor_format: format = 'iso8601' } = stream
  if (field === undefined) return []
  const readMoment = compileCursorFormat(format)
  const isFine = Math.max(stepMs, cursorStepMs(format)) < DAY_MS
  const what = format === 'iso8601' ? 'in ISO 8601' : `of the cursor_format ${format}`
  const judge: Judge['judge'] = ({ records }) => {
    const values = records.map(record => valueAt(record, field))
    const [first, ...others] = values.filter(value => value !== undefined && value !== null && value !== '')
    if (isFine && [first, ...others].every(value => DAY_TEXT.test(String(value))))
      return `has the cursor_field ${field}, whose values are days such as ${first}, while its window asks for moments: that takes thousands of requests. Set cursor_format to yyyy-MM-dd.`
    if (values.some(value => isLikely(readMoment(value)))) return true
    if (first !== undefined)
      return `has the cursor_field ${field}, but its value ${excerpt(JSON.stringify(first), 60)} is not a time ${what}. Set cursor_format to epoch_seconds, epoch_millis, epoch_micros, epoch_nanos, or a pattern such as dd/MM/yyyy.`
    const isNowhere = values.length > 0 && values.every(value => value === undefined)
    return isNowhere ? `has the cursor_field ${field}, which ${none(field, records)}. Fix it.` : undefined
  }
  return [{ of: 'cursor_field', judge }]
}

const DAY_TEXT = /^\d{4}-\d\d-\d\d$/

/** Seconds that are read as milliseconds lie in 1970, milliseconds that are read as seconds far ahead. */
function isLikely(moment: string | undefined): boolean {
  return moment !== undefined && moment > '1971' && moment < '2200'
}

/** Whether pages name the next one where the config says so: a full one does. */
function nextJudges(stream: CustomStreamConfig): readonly Judge[] {
  const { path, paginate } = paginationOf(stream.pagination)
  if (path === undefined && paginate.kind !== 'next-link') return []
  const size = sizeIn(stream)
  const isFull = (rows: number) => (size === undefined ? TYPICAL_SIZES.has(rows) : rows >= size)
  const isAddressed = stream.method !== 'POST' || paginate.kind === 'next-link'
  const what = path === undefined ? 'a Link header' : `anything at ${path.text}`
  const judge: Judge['judge'] = ({ next, records: { length } }) => {
    if (next === true || (!isEnd(next) && isAddressed && (isObject(next) || isList(next))))
      return `finds ${excerpt(JSON.stringify(next), 60)} at ${path?.text}, which does not name the next page. Fix pagination.`
    if (!isEnd(next)) return true
    return next === undefined && isFull(length)
      ? `received a full page of ${length} records, but no response has ${what}, where the next page should be named. Fix pagination. If the list has exactly ${length} records, choose paging none.`
      : undefined
  }
  return [{ of: 'pagination', judge }]
}

/** The keys of the records that have one. */
function keysOf(records: readonly JsonObject[], key: readonly string[]): readonly string[] {
  return records
    .map(record => key.map(field => valueAt(record, field) ?? null))
    .filter(values => values.some(value => value !== null))
    .map(values => JSON.stringify(values))
}

function none(field: string, [first = {}]: readonly JsonObject[]): string {
  const fields = Object.keys(first)
  return `no record has; ${didYouMean(field, fields)}they have ${fields.slice(0, 30).join(', ')}`
}
