import { didYouMean } from '../config/nearest.ts'
import type { Mistakes } from '../engine/stream/mistakes.ts'
import { type ConnectorError, configError } from '../errors.ts'
import { excerpt } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import type { SeenPage } from './response/find-records.ts'
import { paginationOf } from './response/pagination.ts'

/** Judges one part of a description by a page: that it is right, what may be wrong with it, or nothing. */
export type Judge = { readonly of: string; readonly judge: (page: SeenPage) => true | string | undefined }

/** What to say where answers show a mistake in a custom stream. */
export function mistakesOf(stream: CustomStreamConfig): Mistakes {
  const { name, url, pagination } = stream
  const { parameter = 'the page' } = paginationOf(pagination)
  const mistake = (words: string) => mistakeIn(name, words)
  return {
    pageSize: sizeIn(stream),
    allGone: parts =>
      mistake(
        `received 404 for ${parts === 1 ? 'its only part' : `all of its ${parts} parts`}: ${url} may be misspelt, or its values are not ids that the API knows. Fix its url; the command "sample" shows what is sent.`,
      ),
    samePage: (rows, asked) =>
      rows < asked && !TYPICAL_SIZES.has(rows)
        ? undefined
        : mistake(
            `received page 1 again as page 2: does the API know ${parameter}? Fix pagination. If the list has exactly ${rows} records, choose paging none.`,
          ),
    shifted: () =>
      mistake(
        `received as page 2 what page 1 has but for its first record: ${parameter} counts records, not pages. Choose pagination offset.`,
      ),
    samePlace: named =>
      mistake(
        `is led back to a page that came before (${excerpt(named.replace('\u0000', ''), 60)}): the place of the next page that pagination names holds something else. Fix it; the command "sample" shows the responses.`,
      ),
    noField: (field, from, known) =>
      mistake(
        `takes the field ${field} from ${from}, but none of its records has one; ${didYouMean(field, known)}they have ${known.join(', ')}. Fix the name.`,
      ),
  }
}

/** The error for a mistake in a custom stream; `words` follow its name. */
export function mistakeIn(stream: string, words: string): ConnectorError {
  return configError(`Custom stream ${stream} ${words}`)
}

const SIZE = /\b(?:page_?size|per_?page|size|limit|max|count|top|first)\b["']?\s*[=:]\s*(\d+)/i

/** The page size that a request asks for by itself, where it does. */
export function sizeIn({ url, body }: CustomStreamConfig): number | undefined {
  const [, size] = SIZE.exec(`${url} ${body}`) ?? []
  return size === undefined ? undefined : Number(size)
}

/** Sizes at which APIs cut pages where nobody asks for another. */
export const TYPICAL_SIZES = new Set([10, 20, 25, 30, 50, 100, 200, 250, 500, 1000, 5000, 10_000])
