import { hash } from 'node:crypto'
import { didYouMean } from '../config/nearest.ts'
import { DAY_MS } from '../durations.ts'
import { excerpt, isList, isObject, type JsonObject, valueAt } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { onBehalf } from './invalid.ts'
import { type Judge, mistakeIn } from './mistakes.ts'
import { pagingJudge } from './paging-judges.ts'
import type { Description, FilterField, SeenPage } from './response/find-records.ts'
import { compileCursorFormat, cursorStepMs, withMoment } from './schema/cursor.ts'

/** What the config describes of pages, and what to say where they are not so; `added` are columns of the connector's own, and
 *  `stepMs` is how finely requests say which window of time they want. Its schema must be valid. */
export function describe(stream: CustomStreamConfig, added: readonly string[], stepMs = DAY_MS): Description {
  const { name, cursor_field: field, cursor_format } = stream
  const isWritten = field !== undefined && cursor_format !== undefined && cursor_format !== 'iso8601'
  const readMoment = onBehalf('cursor_format', () => compileCursorFormat(cursor_format))
  const key = (stream.primary_key ?? []).filter(one => !added.includes(one))
  const judges = [
    ...(['data_path', 'metadata_path', 'total_path'] as const).map(of => pathJudge(of, stream)),
    filterJudge(stream),
    oneOfManyJudge(stream),
    schemaJudge(stream, added),
    ...key.map(keyJudge),
    differenceJudge(key),
    ...cursorJudges(stream, stepMs),
    pagingJudge(stream),
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

/** Whether a path that ends with a number, as those do that are copied from a viewer, takes one record of several. */
function oneOfManyJudge({ data_path }: CustomStreamConfig): Judge {
  const [, list] = /^(.*)\[-?\d+\]$/s.exec(String(data_path)) ?? []
  const only = list?.startsWith('$') ? 'a slice such as [0:1]' : '[position() = 1]'
  return {
    of: 'number',
    judge: ({ listed, records: { length } }) =>
      list === undefined || listed < 2 || length !== 1
        ? undefined
        : `has the data_path ${data_path}, which takes one of ${listed} records. Write ${list} for all of them; for one only, end it with ${only}.`,
  }
}

/** Whether any record has one of the columns that the config names. */
function schemaJudge({ json_schema = '{}' }: CustomStreamConfig, added: readonly string[]): Judge {
  const { properties = {} } = JSON.parse(json_schema) as { properties?: JsonObject }
  const columns = Object.keys(properties).filter(name => !added.includes(name))
  const isIn = (record: JsonObject) => columns.some(name => Object.hasOwn(record, name))
  return {
    of: 'json_schema',
    judge({ records }) {
      const [column] = records.length === 0 ? [] : columns
      if (column === undefined || records.some(isIn)) return column === undefined ? undefined : true
      return `has a json_schema, but no record has any of its columns (${columns.slice(0, 30).join(', ')}); ${having(column, records)}. Fix it, or leave it out.`
    },
  }
}

/** Whether any record of a page has a field of the key. */
function keyJudge(field: string): Judge {
  return {
    of: `primary_key ${field}`,
    judge({ records }) {
      if (records.length === 0 || keysOf(records, [field]).length > 0) return records.length > 0 || undefined
      return `has the primary_key ${field}, which no record has; ${having(field, records)}. Fix it.`
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
    if (values.some(value => isLikely(String(readMoment(value))))) return true
    if (first !== undefined)
      return `has the cursor_field ${field}, but its value ${excerpt(JSON.stringify(first), 60)} is not a time ${what}. Set cursor_format to epoch_seconds, epoch_millis, epoch_micros, epoch_nanos, or a pattern such as dd/MM/yyyy.`
    const isNowhere = values.length > 0 && values.every(value => value === undefined)
    return isNowhere
      ? `has the cursor_field ${field}, which no record has; ${having(field, records)}. Fix it.`
      : undefined
  }
  return [{ of: 'cursor_field', judge }]
}

const DAY_TEXT = /^\d{4}-\d\d-\d\d$/

/** Seconds that are read as milliseconds lie in 1970, milliseconds that are read as seconds far ahead. */
const isLikely = (moment: string) => moment > '1971' && moment < '2200'

/** The keys of the records that have one. */
function keysOf(records: readonly JsonObject[], key: readonly string[]): readonly string[] {
  return records
    .map(record => key.map(field => valueAt(record, field) ?? null))
    .filter(values => values.some(value => value !== null))
    .map(values => JSON.stringify(values))
}

function having(field: string, [first = {}]: readonly JsonObject[]): string {
  const fields = Object.keys(first)
  return `${didYouMean(field, fields)}they have ${fields.slice(0, 30).join(', ')}`
}
