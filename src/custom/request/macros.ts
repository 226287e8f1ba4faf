import type { Span } from '../../engine/time/spans.ts'
import { type DateFormat, shift, type Unit } from './dates.ts'

/** A text with macros in it. */
export interface MacroText {
  /** The names of the values that it uses, such as lists.id. */
  readonly names: readonly string[]
  /** The ends of the window that it uses: window.start, window.end. */
  readonly windows: readonly string[]
  /** The text with every macro replaced; `encode` makes a value safe in the place where it goes. */
  fill(values: MacroValues, encode: (value: string) => string): string
}

/** What macros become in one request. */
export interface MacroValues {
  readonly values: Readonly<Record<string, string>>
  readonly window: Span | undefined
}

/** What macros depend on. */
export interface MacroContext {
  readonly dates: DateFormat
  readonly unit: Unit
  /** When the sync began: the moment of {now}. */
  readonly nowMs: number
  /** The whole time that is read: what {window.start} and {window.end} become in a request without a window. */
  readonly whole: Span
  /** What may precede the dot in a value's name: parent, and the stream's lookups. */
  readonly tables: readonly string[]
}

const WINDOWS = ['window.start', 'window.end'] as const

type Piece = string | ((values: MacroValues) => string)

/** Braces around an identifier, a dotted pair or now±n, and (now±n) in parentheses. Other braces are left alone. */
const MACRO = /\{(now[+-]\d+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)\}|\((now[+-]\d+)\)/g

/** Compiles the macros in a text. Throws an Error that names an unknown macro and lists the known ones. */
export function compileMacros(text: string, macros: MacroContext): MacroText {
  const names = new Set<string>()
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(MACRO)) {
    const [whole, braced, bare] = match
    pieces.push(text.slice(end, match.index), pieceOf(braced ?? bare ?? '', macros, names))
    end = match.index + whole.length
  }
  pieces.push(text.slice(end))
  return {
    names: [...names],
    windows: WINDOWS.filter(name => text.includes(`{${name}}`)),
    fill: (values, encode) =>
      pieces.map(piece => (typeof piece === 'string' ? piece : encode(piece(values)))).join(''),
  }
}

function pieceOf(name: string, macros: MacroContext, names: Set<string>): Piece {
  const { dates, whole, tables } = macros
  const [, count] = /^now([+-]\d+)?$/.exec(name) ?? []
  if (name.startsWith('now') && (count !== undefined || name === 'now')) {
    const moment = writeNow(name, Number(count ?? 0), macros)
    return () => moment
  }
  if (name === 'window.start') return ({ window = whole }) => dates.write(window.from)
  if (name === 'window.end') return ({ window = whole }) => dates.write(window.to)
  const [table = '', column] = name.split('.')
  if (column === undefined || !tables.includes(table)) throw unknown(name, tables)
  names.add(name)
  return ({ values }) => values[name] ?? ''
}

function writeNow(name: string, count: number, { dates, unit, nowMs }: MacroContext): string {
  const moment = shift(nowMs, count, unit)
  if (Number.isNaN(moment)) throw new Error(`has the macro {${name}}, which lies outside the range of dates`)
  return dates.write(moment)
}

function unknown(name: string, tables: readonly string[]): Error {
  const known = ['{now}', '{now-1}', '{window.start}', '{window.end}', ...tables.map(hintOf)]
  return new Error(
    `has the macro {${name}}, which does not exist here; there are ${known.join(', ')}${ADVICE}`,
  )
}

function hintOf(table: string): string {
  return table === 'parent' ? '{parent.FIELD}' : `{${table}.COLUMN}`
}

const ADVICE = ', the columns of the lookups that the stream lists, and {parent.FIELD} if it has a parent'
