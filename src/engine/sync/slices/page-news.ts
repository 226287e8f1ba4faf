import type { News } from '../../fetch/visit.ts'
import type { RecordFilter } from '../../records/filter.ts'

/** Tells what each page of a slice brought that had not come before. */
export interface PageNews {
  /** A record of the page has this key. */
  noteKey(key: string): void
  /** Has the filter take a page, and tells what it brought and what of it goes on. */
  take<T>(
    filter: Pick<RecordFilter, 'seen' | 'cameAgain'>,
    takePage: () => T,
  ): { readonly kept: T; readonly news: News }
}

/** The news of a slice of which no page was taken yet. */
export function createPageNews(): PageNews {
  let firstKeys: readonly string[] | undefined
  let keys: string[] = []
  return {
    noteKey: key => void keys.push(key),
    take(filter, takePage) {
      const [distinct, again] = [filter.seen().distinct, filter.cameAgain()]
      keys = []
      const kept = takePage()
      const isNew = filter.seen().distinct > distinct || filter.cameAgain() === again
      const news = isNew ? 'new' : isSame(firstKeys, keys) ? 'first page again' : 'nothing'
      firstKeys ??= keys
      return { kept, news }
    },
  }
}

function isSame(one: readonly string[] = [], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, at) => key === other[at])
}
