import { excerpt, isList, isObject } from '../json.ts'
import type { CustomStreamConfig } from './config.ts'
import { type Judge, sizeIn, TYPICAL_SIZES } from './mistakes.ts'
import { isEnd, paginationOf } from './response/pagination.ts'

/** Judges whether pages are asked for, and name the next one, as the config says. */
export function pagingJudge(stream: CustomStreamConfig): Judge {
  const { kind } = paginationOf(stream.pagination).paginate
  const judges = {
    'next-token': byName,
    'next-link': byName,
    offset: byOffset,
    page: nothing,
    unpaged: byNone,
  }
  return { of: 'pagination', judge: judges[kind](stream) }
}

const nothing = () => () => undefined

/** Whether the one page is all: no response names another. A slice in the path says that some records are enough, and windows of
 *  a list that counts its records are cut until they fit a page. */
function byNone(stream: CustomStreamConfig): Judge['judge'] {
  const isXml = stream.response_format === 'xml'
  const isSlice = (isXml ? /position\(\)/ : /\[-?\d*:/).test(String(stream.data_path))
  const isCut = /\{window\./.test(`${stream.url} ${stream.body}`)
  return ({ listed, total, pageAfter }) => {
    const isWhole = isSlice || listed < 2 || (total !== undefined && (isCut || total <= listed))
    const after = isWhole ? undefined : pageAfter()
    if (after === undefined || !(after.isSure || isFull(stream, listed))) return undefined
    return `received ${listed} records, but the response names a page after them (${after.said}). Set pagination. If these records are enough, end data_path with ${isXml ? '[position() <= 20]' : '[0:20]'}.`
  }
}

/** Whether so many records are a full page. */
function isFull(stream: CustomStreamConfig, rows: number): boolean {
  const size = sizeIn(stream)
  return size === undefined ? TYPICAL_SIZES.has(rows) : rows >= size
}

const PAGE = /^(p|pg|(current|start)?_?page(_?(no|nr|num|number|index))?|page\[number\])$/i

/** Whether an offset counts records: where its name is that of a page's number, a full page must not be the last one. */
function byOffset({ pagination }: CustomStreamConfig): Judge['judge'] {
  const { offset_parameter: name, size = 100 } = pagination?.type === 'offset' ? pagination : {}
  const isShort = (rows: number) => rows < size && !TYPICAL_SIZES.has(rows)
  return ({ listed }) =>
    listed === 0 || !PAGE.test(String(name))
      ? undefined
      : isShort(listed) ||
        `counts records in the parameter ${name}, by whose name it counts pages: there is a full page of ${listed} records, but no last one. Choose pagination page.`
}

/** Whether pages name the next one where the config says so: a full one does. */
function byName(stream: CustomStreamConfig): Judge['judge'] {
  const { path, paginate } = paginationOf(stream.pagination)
  const isAddressed = stream.method !== 'POST' || paginate.kind === 'next-link'
  const what = path === undefined ? 'a Link header' : `anything at ${path.text}`
  return ({ next, records: { length } }) => {
    if (next === true || (!isEnd(next) && isAddressed && (isObject(next) || isList(next))))
      return `finds ${excerpt(JSON.stringify(next), 60)} at ${path?.text}, which does not name the next page. Fix pagination.`
    if (!isEnd(next)) return true
    return next === undefined && isFull(stream, length)
      ? `received a full page of ${length} records, but no response has ${what}, where the next page should be named. Fix pagination. If the list has exactly ${length} records, choose paging none.`
      : undefined
  }
}
