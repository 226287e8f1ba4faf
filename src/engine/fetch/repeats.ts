import type { RawRecord } from '../bytes/raw-record.ts'
import type { Page } from './extract.ts'

/** Tells whether a page with the same first and last record and length came before, while the list said that it had the
 *  same size: a list that grows moves its records onto later pages. Empty pages never repeat. */
export function createRepeatCheck(): (page: Page) => boolean {
  const seen = new Set<string>()
  return ({ rows, facts }) => {
    if (rows.length === 0) return false
    const print = `${rows.length} ${facts.total ?? facts.pages} ${printOf(rows[0])} ${printOf(rows.at(-1))}`
    if (seen.has(print)) return true
    seen.add(print)
    return false
  }
}

function printOf(row: RawRecord | undefined): string {
  if (row === undefined) return ''
  return 'bytes' in row ? row.bytes.toString('latin1', row.start, row.end) : JSON.stringify(row.json)
}
