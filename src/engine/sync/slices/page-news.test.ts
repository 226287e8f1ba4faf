import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { News } from '../../fetch/visit.ts'
import { createPageNews } from './page-news.ts'

/** Pages of these keys, one after another, in a list of which `.` is a record without a key. */
const lists: readonly { says: string; pages: readonly string[]; out: readonly News[] }[] = [
  {
    says: 'each page that holds another record is new',
    pages: ['ab', 'bc', 'd'],
    out: ['new', 'new', 'new'],
  },
  {
    says: 'a page of known records brings nothing',
    pages: ['ab', 'cd', 'bc'],
    out: ['new', 'new', 'nothing'],
  },
  { says: 'the first page may come again', pages: ['ab', 'ab'], out: ['new', 'first page again'] },
  { says: 'it may do so later too', pages: ['ab', 'cd', 'ab'], out: ['new', 'new', 'first page again'] },
  { says: 'not in another order', pages: ['ab', 'ba'], out: ['new', 'nothing'] },
  { says: 'nor with fewer records', pages: ['ab', 'a'], out: ['new', 'nothing'] },
  { says: 'nor with more of them', pages: ['ab', 'aba'], out: ['new', 'nothing'] },
  {
    says: 'a later page that comes again is not the first',
    pages: ['ab', 'cd', 'cd'],
    out: ['new', 'new', 'nothing'],
  },
  { says: 'a page without keys is new', pages: ['ab', '..'], out: ['new', 'new'] },
  { says: 'an empty page is', pages: ['ab', ''], out: ['new', 'new'] },
]

for (const { says, pages, out } of lists)
  test(says, () => {
    const news = createPageNews()
    const seen = new Set<string>()
    let [unkeyed, again] = [0, 0]
    const filter = { seen: () => ({ ...NONE, distinct: seen.size + unkeyed }), cameAgain: () => again }
    const takePage = (page: string) => () => {
      for (const key of page) {
        if (key === '.') unkeyed++
        else news.noteKey(key)
        if (seen.has(key)) again++
        else if (key !== '.') seen.add(key)
      }
      return `kept of ${page}`
    }
    const taken = pages.map(page => news.take(filter, takePage(page)))
    assert.deepEqual(
      taken,
      pages.map((page, at) => ({ kept: `kept of ${page}`, news: out[at] })),
    )
  })

const NONE = { own: 0, beside: 0, newestMs: undefined, reachedMs: 0 }
