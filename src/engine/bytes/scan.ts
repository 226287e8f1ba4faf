import { isUtf8 } from 'node:buffer'
import { isObject, type JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { areDateTimes, type ColumnTypes, columnTypesOf, fitsColumn } from './column-types.ts'
import { dateTimeAt } from './date-time.ts'
import { DONE, NOT_JSON, skipBlanks, skipColon, skipComma, skipString, skipValue } from './json-walker.ts'
import { AMBIGUOUS, jsonAt, lineMaker, type MakeLine, momentAt } from './line.ts'
import type { JudgedFields, Line } from './raw-record.ts'

/** Finds the records of a list in an answer's bytes. Those that need a change come as the text to be parsed. Undefined
 *  when the answer is not of the plain kind that this can read; then it is parsed as a whole. */
export type Scan = (bytes: Buffer, key: string) => Scanned | undefined

export interface Scanned {
  readonly rows: readonly (Line | { readonly text: string })[]
  /** The answer without its records. */
  readonly envelope: JsonObject
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

interface Column {
  /** The field's name as JSON, with its quotes. */
  readonly name: Buffer
  readonly kinds: ColumnTypes
  /** The place among the fields that the key and the parent are in; -1 where it is none. */
  readonly place: number
  /** Whether it is the stream's time. */
  readonly isTime: boolean
  /** The last record that had it, by its number. */
  lastIn: number
}

type Rows = Scanned['rows'][number][]
type ReadRecord = (bytes: Buffer, at: number, rows: Rows) => number

/** The scan for a schema's top level. `judged` are the fields that a line tells by name. */
export function compileScan(schema: JsonObject, judged: JudgedFields): Scan {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const names = [...new Set([...judged.key, judged.parent])].filter(name => name !== undefined)
  const columns = Object.entries(properties).map(([name, column]) => ({
    name: Buffer.from(JSON.stringify(name)),
    kinds: columnTypesOf(isObject(column) ? column : {}),
    place: names.indexOf(name),
    isTime: name === judged.time,
    lastIn: 0,
  }))
  const readRecord = recordReader(columns, names.length, lineMaker(names, judged))
  return (bytes, key) =>
    isPlain(bytes) ? scanAnswer(bytes, Buffer.from(JSON.stringify(key)), readRecord) : undefined
}

/** Whether records can be passed on as they came: text that is well formed, and no line break inside a record. */
function isPlain(bytes: Buffer): boolean {
  return bytes[0] === OPEN_OBJECT && !bytes.includes(0x0a) && !bytes.includes(0x0d) && isUtf8(bytes)
}

/** Walks over an answer once; undefined unless it is a JSON object with one list of objects under the key. */
function scanAnswer(bytes: Buffer, key: Buffer, readRecord: ReadRecord): Scanned | undefined {
  const rows: Rows = []
  let list: { start: number; end: number } | undefined
  let at = skipBlanks(bytes, 1)
  while (bytes[at] === QUOTE) {
    const afterKey = skipString(bytes, at)
    const start = skipColon(bytes, afterKey)
    const isKey = same(bytes, at, afterKey, key)
    // Another value under the same key, perhaps written otherwise: which one counts is left to the real parser.
    if (isKey ? list !== undefined : bytes.subarray(at, afterKey).includes(BACKSLASH)) return undefined
    const end = isKey ? readRecords(bytes, start, readRecord, rows) : skipValue(bytes, start)
    if (isKey) list = { start, end }
    at = skipComma(bytes, end, CLOSE_OBJECT)
    if (at === DONE && list !== undefined && skipBlanks(bytes, skipBlanks(bytes, end) + 1) === bytes.length)
      return { rows, envelope: objectIn(without(bytes, list.start, list.end)) }
  }
  return undefined
}

function objectIn(text: string): JsonObject {
  const value = parseJson(text)
  return isObject(value) ? value : {}
}

function readRecords(bytes: Buffer, start: number, readRecord: ReadRecord, rows: Rows): number {
  if (bytes[start] !== OPEN_LIST) return NOT_JSON
  let at = skipBlanks(bytes, start + 1)
  if (bytes[at] === CLOSE_LIST) return at + 1
  while (bytes[at] === OPEN_OBJECT) {
    const end = readRecord(bytes, at, rows)
    at = skipComma(bytes, end, CLOSE_LIST)
    if (at === DONE) return skipBlanks(bytes, end) + 1
  }
  return NOT_JSON
}

function without(bytes: Buffer, start: number, end: number): string {
  return `${bytes.toString('utf8', 0, start)}[]${bytes.toString('utf8', end)}`
}

/** Reads one record field by field. APIs mostly give the fields of a record in the order of the schema, so the search for a
 *  field's column begins behind the column of the field before. */
function recordReader(columns: readonly Column[], count: number, makeLine: MakeLine): ReadRecord {
  const judged: Judged = { record: 0, fits: true, column: -1, values: new Array(count), moment: undefined }
  return (bytes, from, rows) => {
    begin(judged)
    let end = from
    let at = skipBlanks(bytes, from + 1)
    while (bytes[at] === QUOTE) {
      end = readField(columns, bytes, at, judged)
      at = skipComma(bytes, end, CLOSE_OBJECT)
    }
    if (at !== DONE) return NOT_JSON
    end = skipBlanks(bytes, end) + 1
    const passes = judged.fits && !judged.values.includes(AMBIGUOUS)
    rows.push(
      passes
        ? makeLine(bytes, from, end, judged.values, judged.moment)
        : { text: bytes.toString('utf8', from, end) },
    )
    return end
  }
}

/** Reads the field that begins at `at`. Returns where its value ends. */
function readField(columns: readonly Column[], bytes: Buffer, at: number, judged: Judged): number {
  const place = findColumn(columns, bytes, at, judged.column + 1)
  const column = columns[place]
  const start = skipColon(bytes, column === undefined ? skipString(bytes, at) : at + column.name.length)
  const end = skipValue(bytes, start)
  if (end === NOT_JSON) return end
  if (column === undefined || !fitsColumn(bytes, start, end, column.kinds)) judged.fits = false
  if (column === undefined) return end
  judged.column = place
  // Of a field that is there twice the last value counts, which the real parser sees to.
  if (column.lastIn === judged.record) judged.fits = false
  column.lastIn = judged.record
  if (column.place >= 0) judged.values[column.place] = jsonAt(bytes, start, end)
  if (column.isTime && judged.fits) takeTime(column.kinds, bytes, start, end, judged)
  return end
}

/** Takes the moment of a record from the value of its time, which fits its column. */
function takeTime(kinds: ColumnTypes, bytes: Buffer, start: number, end: number, judged: Judged): void {
  const isSpelled = areDateTimes(kinds) && bytes[start] === QUOTE
  const moment = isSpelled ? dateTimeAt(bytes, start + 1) : momentAt(bytes, start, end)
  if (moment === AMBIGUOUS) judged.fits = false
  else judged.moment = moment
}

/** The place of the column whose name stands at `at`, looked for from this place on, then from the first; -1 where there is none. */
function findColumn(columns: readonly Column[], bytes: Buffer, at: number, from: number): number {
  for (let place = from; place < columns.length; place++)
    if (isNameAt(columns, place, bytes, at)) return place
  for (let place = 0; place < from; place++) if (isNameAt(columns, place, bytes, at)) return place
  return -1
}

function isNameAt(columns: readonly Column[], place: number, bytes: Buffer, at: number): boolean {
  const column = columns[place]
  return column !== undefined && startsWith(bytes, at, column.name)
}

/** What the fields of the record that is being read came to so far: one for all, since a million records come this way. */
interface Judged {
  /** Its number. */
  record: number
  fits: boolean
  /** The place of the column of the last field that had one; -1 before the first. */
  column: number
  readonly values: (string | undefined)[]
  moment: number | undefined
}

function begin(judged: Judged): void {
  judged.record++
  judged.fits = true
  judged.column = -1
  judged.values.fill(undefined)
  judged.moment = undefined
}

function same(bytes: Buffer, start: number, end: number, expected: Buffer): boolean {
  return end - start === expected.length && startsWith(bytes, start, expected)
}

function startsWith(bytes: Buffer, start: number, expected: Buffer): boolean {
  const end = start + expected.length
  if (end > bytes.length) return false
  for (let at = start, index = 0; at < end; at++, index++) if (bytes[at] !== expected[index]) return false
  return true
}
