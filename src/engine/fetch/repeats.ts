import type { RawRecord } from '../bytes/raw-record.ts'
import type { Page } from './extract.ts'

/** Tells whether a page with the same print, or the same first and last record and length, came before, while the list said that it had the
 *  same size: a list that grows moves its records onto later pages. Of a list without pages (`isSelfSame`), or whose pages hold
 *  fewer than was asked for because so many came first, a page like the one before it is a repeat whatever the list says: else
 *  a list that grows by as many with each request would have no end. Empty pages never repeat. */
export function createRepeatCheck(): (page: Page, isSelfSame?: boolean) => boolean {
  const seen = new Set<string>()
  let before = ''
  return ({ rows, facts, print: keys }, isSelfSame = false) => {
    if (rows.length === 0) return false
    const print = keys ?? `${rows.length} ${printOf(rows[0])} ${printOf(rows.at(-1))}`
    const sized = `${facts.total ?? facts.pages} ${print}`
    if (seen.has(sized) || (isSelfSame && print === before)) return true
    seen.add(sized)
    before = print
    return false
  }
}

function printOf(row: RawRecord | undefined): string {
  if (row === undefined) return ''
  return 'bytes' in row ? row.bytes.toString('latin1', row.start, row.end) : JSON.stringify(row.json)
}
