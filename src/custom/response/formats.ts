import type { Reply } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import type { CustomStreamConfig } from '../config.ts'
import { onBehalf } from '../invalid.ts'
import { compileFind, type Description, type Format, type Found } from './find-records.ts'
import { nextInLinkHeader, paginationOf, resolved } from './pagination.ts'

type Site = { readonly origin: string; readonly foreign: string | undefined }

/** Finds the records in a custom stream's responses; an origin other than the configured one is foreign. */
export async function findFor(stream: CustomStreamConfig, { origin, foreign }: Site, said: Description) {
  const { data_path: data, metadata_path: metadata, total_path: total } = stream
  const { path, paginate } = paginationOf(stream.pagination)
  const findBy = <T>({ parse, compile, isPlain }: Format<T>) => {
    const pathOf = (field: string, text: string | undefined) =>
      text === undefined ? undefined : onBehalf(field, () => compile(text))
    const place = path && pathOf(path.field, path.text)
    const named = (root: T, reply: Reply) => (place ? firstIn(place(root)) : nextInLinkHeader(reply))
    return compileFind({
      ...said,
      parse,
      isOwn: foreign === undefined,
      data: pathOf('data_path', data),
      isPlain: data === undefined || isPlain(data),
      metadata: pathOf('metadata_path', metadata),
      total: pathOf('total_path', total),
      nextPage:
        paginate.kind === 'next-link'
          ? (root, reply, at) => resolved(named(root, reply), new URL(at, origin))
          : path && named,
    })
  }
  return stream.response_format === 'xml'
    ? findBy((await import('./xml-format.ts')).xmlFormat)
    : findBy((await import('./json-format.ts')).jsonFormat)
}

/** Null where nothing is in the place of the next page: an empty object there says that there is none. */
function firstIn({ nodes, isMissing }: Found): Json | undefined {
  return nodes.length === 0 && !isMissing ? null : nodes[0]
}
