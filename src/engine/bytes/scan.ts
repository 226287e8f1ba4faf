import { isUtf8 } from 'node:buffer'
import { isObject, type JsonObject } from '../../json.ts'
import { parseJson } from '../../json-text.ts'
import { type ColumnTypes, columnTypesOf, fitsColumn } from './column-types.ts'
import { DONE, NOT_JSON, skipBlanks, skipColon, skipComma, skipString, skipValue } from './json-walker.ts'
import { AMBIGUOUS, jsonAt, lineMaker, type MakeLine } from './line.ts'
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
  /** The place among the judged fields; -1 where it is none. */
  readonly place: number
  /** The last record that had it, by its number. */
  lastIn: number
}

type Rows = Scanned['rows'][number][]
type ReadRecord = (bytes: Buffer, at: number, rows: Rows) => number

/** The scan for a schema's top level. `judged` are the fields that a line tells by name. */
export function compileScan(schema: JsonObject, judged: JudgedFields): Scan {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const names = [...new Set([...judged.key, judged.time, judged.parent])].filter(name => name !== undefined)
  const columns = Object.entries(properties).map(([name, column]) => ({
    name: Buffer.from(JSON.stringify(name)),
    kinds: columnTypesOf(isObject(column) ? column : {}),
    place: names.indexOf(name),
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

/** Reads one record field by field. Records of one answer mostly have the same fields in the same order, so the column
 *  that stood at this place before is tried first. */
function recordReader(columns: readonly Column[], count: number, makeLine: MakeLine): ReadRecord {
  const before: (Column | undefined)[] = []
  const columnAt = (bytes: Buffer, place: number, start: number, end: number): Column | undefined => {
    const guess = before[place]
    if (guess !== undefined && same(bytes, start, end, guess.name)) return guess
    const column = findColumn(columns, bytes, start, end)
    before[place] = column
    return column
  }
  const readField = (bytes: Buffer, at: number, place: number, judged: Judged): number => {
    const afterKey = skipString(bytes, at)
    const start = skipColon(bytes, afterKey)
    const end = skipValue(bytes, start)
    const column = end === NOT_JSON ? undefined : columnAt(bytes, place, at, afterKey)
    if (column === undefined || !fitsColumn(bytes, start, end, column.kinds)) judged.fits = false
    if (column === undefined) return end
    // Of a field that is there twice the last value counts, which the real parser sees to.
    if (column.lastIn === judged.record) judged.fits = false
    column.lastIn = judged.record
    if (column.place >= 0) judged.values[column.place] = jsonAt(bytes, start, end)
    return end
  }
  let record = 0
  return (bytes, from, rows) => {
    const judged: Judged = { record: ++record, fits: true, values: new Array(count) }
    let end = from
    let at = skipBlanks(bytes, from + 1)
    for (let place = 0; bytes[at] === QUOTE; place++) {
      end = readField(bytes, at, place, judged)
      at = skipComma(bytes, end, CLOSE_OBJECT)
    }
    if (at !== DONE) return NOT_JSON
    end = skipBlanks(bytes, end) + 1
    const passes = judged.fits && !judged.values.includes(AMBIGUOUS)
    rows.push(
      passes ? makeLine(bytes, from, end, judged.values) : { text: bytes.toString('utf8', from, end) },
    )
    return end
  }
}

/** A function of its own, so that the common case above needs no closure. */
function findColumn(
  columns: readonly Column[],
  bytes: Buffer,
  start: number,
  end: number,
): Column | undefined {
  return columns.find(one => same(bytes, start, end, one.name))
}

/** What a record's fields came to so far. */
interface Judged {
  /** Its number. */
  readonly record: number
  fits: boolean
  readonly values: (string | undefined)[]
}

function same(bytes: Buffer, start: number, end: number, expected: Buffer): boolean {
  if (end - start !== expected.length) return false
  for (let index = 0; index < expected.length; index++)
    if (bytes[start + index] !== expected[index]) return false
  return true
}
