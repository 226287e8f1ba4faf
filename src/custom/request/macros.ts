import { nearest } from '../../config/nearest.ts'
import type { Write } from '../../engine/stream/definition.ts'
import type { Span } from '../../engine/time/spans.ts'
import { isValue, type Tables, tableIn, valuesIn } from '../lookup/tables.ts'
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
export type MacroValues = Pick<Parameters<Write>[0], 'values' | 'window'>

/** What macros depend on. */
export interface MacroContext {
  readonly dates: DateFormat
  readonly unit: Unit
  /** When the sync began: the moment of {now}. */
  readonly nowMs: number
  /** The whole time that is read: what {window.start} and {window.end} become in a request without a window. */
  readonly whole: Span
  /** How much earlier than a window's end {window.end} is, for an API that takes it as a part of the window. */
  readonly endsEarlierMs: number
  /** Where values come from: the stream's parent and lookups. */
  readonly tables: Tables
}

/** Where a text goes: braces mean nothing in an address, something of their own in a body, and rarely anything in a header. */
export type Place = 'address' | 'header' | 'body'

const WINDOWS = ['window.start', 'window.end'] as const

type Piece = string | ((values: MacroValues) => string)

/** Double braces, (now-4) in braces, anything else in braces, (now-4) alone, what is nearly that, and a lone brace. */
const BRACES =
  /\{\{([^{}]*)\}\}|\{\((now[+-]\d+)\)\}|\{([^{}]*)\}|\((now[+-]\d+)\)|\(now\s*[+-][^(){}]*\)|[{}]/gi
const NAME = /^(?:now(?:[+-]\d+)?|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)$/

/** Compiles the macros in a text. Throws an Error for what looks like a macro and is none, with what was probably meant and a
 *  list of those that there are. In a body, `{{now}}` is the text {now}, and braces around anything else stay as they are. */
export function compileMacros(text: string, macros: MacroContext, place: Place = 'body'): MacroText {
  const names = new Set<string>()
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(BRACES)) {
    const [whole, , inBoth, braced, bare] = match
    const name = [inBoth, bare, braced].find(one => isMacro(one, macros))
    if (name !== undefined) names.add(name)
    const piece = name === undefined ? literalOf(match, macros, place) : macroOf(name, macros)
    pieces.push(text.slice(end, match.index), piece)
    end = match.index + whole.length
  }
  pieces.push(text.slice(end))
  return {
    names: [...names].filter(name => isValue(name, macros.tables)),
    windows: WINDOWS.filter(name => names.has(name)),
    fill: (values, encode) =>
      pieces.map(piece => (typeof piece === 'string' ? piece : encode(piece(values)))).join(''),
  }
}

/** Braces that are no macro, as they stay. */
function literalOf(match: RegExpExecArray, macros: MacroContext, place: Place): string {
  const [whole, doubled] = match
  if (place === 'body' && isMacro(doubled, macros)) return `{${doubled}}`
  const rest = whole.length > 1 ? '' : /^[\w+.-]*/.exec(match.input.slice(match.index + 1))?.[0]
  if (looksMeant(`${whole}${rest}`, place, macros)) throw unknown(`${whole}${rest}`, macros)
  return whole
}

function isMacro(name: string | undefined, { tables }: MacroContext): name is string {
  if (name === undefined || !NAME.test(name)) return false
  return !name.includes('.') || isValue(name, tables) || WINDOWS.some(window => window === name)
}

/** Whether braces were meant as a macro: any in an address, a word in a header, in a body what begins like one. */
function looksMeant(written: string, place: Place, { tables }: MacroContext): boolean {
  if (place === 'address') return true
  const inner = written.replace(/^[{(]+\s*|\s*[)}]*$/g, '')
  const isNear = /^now\s*[+-]\s*\d/i.test(inner) || /^(window|parent)\.\w+$/i.test(inner)
  const isOfTable = tables.has(tableIn(inner)) && /^\w+(\.\w+)+$/.test(inner)
  return isNear || isOfTable || (place === 'header' && /^\{[\w.+-]+\}$/.test(written))
}

function macroOf(name: string, macros: MacroContext): Piece {
  const { dates, whole, endsEarlierMs } = macros
  if (!name.includes('.')) {
    const moment = writeNow(name, macros)
    return () => moment
  }
  if (name === 'window.start') return ({ window = whole }) => dates.write(window.from)
  if (name === 'window.end') return ({ window = whole }) => dates.write(window.to - endsEarlierMs)
  return ({ values }) => values[name] ?? ''
}

function writeNow(name: string, { dates, unit, nowMs }: MacroContext): string {
  const moment = shift(nowMs, Number(name.replace('now', '')), unit)
  if (Number.isNaN(moment)) throw new Error(`has the macro {${name}}, which lies outside the range of dates`)
  return dates.write(moment)
}

function unknown(written: string, { tables }: MacroContext): Error {
  const known = ['now', 'now-1', 'now+1', ...WINDOWS, ...valuesIn(tables)]
  const inner = written.replaceAll(/[{}()\s']/g, '')
  const [, sign, count] = /^now([+-])(\d+)/i.exec(inner) ?? []
  const meant = count === undefined ? nearest(inner.toLowerCase(), known) : `now${sign}${count}`
  const shown = written.includes('}') || !written.startsWith('{') ? written : `${written} without its }`
  return new Error(
    `has the macro ${shown}, which does not exist here; ${meant === undefined ? '' : `did you mean {${meant}}? `}there are ` +
      `${known.map(name => `{${name}}`).join(', ')}, the columns of the lookups that the stream lists ({LOOKUP.COLUMN}), and ` +
      '{parent.FIELD} if it has a parent',
  )
}
