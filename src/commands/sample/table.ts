import type { JsonObject } from '../../json.ts'
import { fieldsBySubstance, ownValue, withShortIds } from './fields.ts'

const NARROWEST = 4
const WIDEST = 40
/** How much of a text is looked at, since some letters have no width at all. */
const LONGEST = 4 * WIDEST
/** What a table takes besides its columns, and a column besides its text: a bar, and a space on either side. */
const BAR = 1
const AROUND = 3

/** The width of a text on a terminal, in columns. */
type Measure = (text: string) => number

/** Records as a table that fits a terminal of this width, or of eight columns if it is narrower: as many fields as fit, those
 *  first that tell records apart. The others are named below. Ids are cut to eight characters. */
export async function recordTable(records: readonly JsonObject[], width: number): Promise<string> {
  if (records.length === 0) return 'no records'
  const fields = fieldsBySubstance(records)
  if (fields.length === 0) return 'records without fields'
  const room = Math.max(width, BAR + AROUND + NARROWEST)
  const names = fields.map(plain)
  const likely = fields.slice(0, Math.ceil(room / (AROUND + NARROWEST)))
  const rows = [
    names.slice(0, likely.length),
    ...records.map(record => likely.map(field => cellOf(record, field))),
  ]
  const measure = await measureOf([...names, ...rows.flat()])
  const widths = fitting(widthsOf(rows, room, measure), room)
  const table = await drawn(
    rows.map(row => widths.map((most, column) => cut(row[column] ?? '', most, measure))),
    widths,
  )
  const rest = names.slice(widths.length)
  return rest.length === 0 ? table : `${table}\n${listed(rest, room, measure)}`
}

/** The width of each column's text, within bounds. */
function widthsOf(rows: readonly (readonly string[])[], room: number, measure: Measure): number[] {
  const most = Math.min(WIDEST, room - BAR - AROUND)
  const [head = []] = rows
  return head.map((_, column) =>
    rows.reduce((widest, row) => Math.min(most, Math.max(widest, measure(row[column] ?? ''))), NARROWEST),
  )
}

/** The columns that fit completely. */
function fitting(widths: readonly number[], room: number): readonly number[] {
  let left = room - BAR
  const tooMuch = widths.findIndex(one => {
    left -= one + AROUND
    return left < 0
  })
  return tooMuch === -1 ? widths : widths.slice(0, tooMuch)
}

/** The fields that do not fit, in lines that do. */
function listed(names: readonly string[], room: number, measure: Measure): string {
  const words = `and ${names.length} more ${names.length === 1 ? 'column' : 'columns'}:`.split(' ')
  const list = names.map((name, at) => `${cut(name, room - 1, measure)}${at + 1 === names.length ? '' : ','}`)
  const lines: string[] = []
  let left = 0
  for (const word of [...words, ...list]) {
    const size = measure(word)
    const fits = size < left
    lines.push(fits ? `${lines.pop() ?? ''} ${word}` : word)
    left = fits ? left - 1 - size : room - size
  }
  return lines.join('\n')
}

/** A table whose first row is the head; its columns have the given widths, or else those of their texts. Texts must fit: where
 *  letters differ in width, the library may cut too little. */
async function drawn(
  [head = [], ...body]: readonly (readonly string[])[],
  widths: readonly number[] = [],
): Promise<string> {
  const { default: Table } = await import('cli-table3')
  const colWidths = widths.map(one => one + AROUND - BAR)
  const table = new Table({ head: [...head], colWidths, style: { head: [], border: [] } })
  for (const row of body) table.push([...row])
  return withoutRules(table.toString())
}

/** The table with a rule under its head, and none between its rows: every text in it takes one line. */
function withoutRules(table: string): string {
  return table
    .split('\n')
    .filter((line, at) => at === 2 || !line.startsWith('├'))
    .join('\n')
}

const ONE_EACH = /^[ -~]*$/

/** Measures texts made of the letters of these, as the table does: by the bars above a table of single letters. */
async function measureOf(texts: readonly string[]): Promise<Measure> {
  const letters = [...new Set(texts.filter(text => !ONE_EACH.test(text)).flatMap(lettersOf))]
  const [top = ''] = (await drawn([letters])).split('\n', 1)
  const bars = top.slice(1, -1).split('┬')
  const widths = new Map(letters.map((letter, at) => [letter, (bars[at]?.length ?? AROUND) + BAR - AROUND]))
  return text =>
    ONE_EACH.test(text)
      ? text.length
      : lettersOf(text).reduce((sum, letter) => sum + (widths.get(letter) ?? 1), 0)
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' })

function lettersOf(text: string): string[] {
  return Array.from(LETTERS.segment(text), ({ segment }) => segment)
}

function cut(text: string, most: number, measure: Measure): string {
  if (measure(text) <= most) return text
  let left = most - 1
  const letters = lettersOf(text)
  const tooMuch = letters.findIndex(letter => {
    left -= measure(letter)
    return left < 0
  })
  return `${letters.slice(0, tooMuch).join('')}…`
}

function cellOf(record: JsonObject, field: string): string {
  const value = ownValue(record, field)
  if (value === undefined || value === null) return ''
  return plain(withShortIds(typeof value === 'object' ? JSON.stringify(value) : String(value)))
}

/** On one line, without characters by which a response could control the terminal or reverse its text. */
function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
  return short.replace(/[[\p{Cc}\p{Cf}\p{Cs}]--[\u200c\u200d]]/gv, '\ufffd')
}
