import { isObject, type Json, type JsonObject } from '../json.ts'

const NARROWEST = 4
const WIDEST = 40
/** What a column takes beside its text: a bar and a blank on either side. */
const AROUND = 3

/** Records as a table that fits so many columns of a terminal: as many fields as fit, in the order in which they first
 *  came; the others are named below. */
export async function recordTable(records: readonly JsonObject[], width: number): Promise<string> {
  const { default: Table } = await import('cli-table3')
  const fields = [...new Set(records.flatMap(record => Object.keys(record)))]
  if (fields.length === 0) return 'no records'
  const cells = records.map(record => fields.map(field => cellOf(record[field])))
  const widths = fields.map((field, index) => widthOf([field, ...cells.map(row => row[index] ?? '')]))
  const count = Math.max(1, fitting(widths, width))
  const table = new Table({
    head: fields.slice(0, count).map(plain),
    colWidths: widths.slice(0, count).map(one => Math.min(one + AROUND - 1, width - 2)),
    style: { head: [], border: [] },
  })
  table.push(...cells.map(row => row.slice(0, count)))
  const rest = fields.slice(count).map(plain)
  return rest.length === 0
    ? table.toString()
    : `${table}\n${wrapped(`and ${rest.length} more ${rest.length === 1 ? 'column' : 'columns'}: ${rest.join(', ')}`, width)}`
}

/** How many whole columns fit. */
function fitting(widths: readonly number[], width: number): number {
  let left = width - 1
  const tooMuch = widths.findIndex(one => {
    left -= one + AROUND
    return left < 0
  })
  return tooMuch === -1 ? widths.length : tooMuch
}

function widthOf(texts: readonly string[]): number {
  // A letter may take two columns; the table cuts what does not fit.
  return Math.min(WIDEST, Math.max(NARROWEST, ...texts.map(text => [...text].length)))
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return plain(isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)).slice(
    0,
    4 * WIDEST,
  )
}

/** On one line, and without characters by which an answer could steer the terminal. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\s+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')
}

function wrapped(text: string, width: number): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length + 1 > width && line !== '') lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
