import type { Find } from '../../engine/stream/definition.ts'
import type { Reply } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import type { CustomStreamConfig } from '../config.ts'
import { onBehalf } from '../invalid.ts'
import { compileFind, type Description, type Format, type Path, type RecordSearch } from './find-records.ts'
import { nextInLinkHeader, type Pagination, resolved } from './pagination.ts'

/** What records are found by, beside the stream itself. */
export interface FindContext {
  readonly pagination: Pagination
  readonly description: Description
  /** The origin that the responses come from. */
  readonly from: string
  /** It is the configured one. */
  readonly isOwn: boolean
}

/** Finds the records in a custom stream's responses, by its format and paths. */
export async function findFor(stream: CustomStreamConfig, context: FindContext): Promise<Find> {
  return stream.response_format === 'xml'
    ? findBy(stream, context, (await import('./xml-format.ts')).xmlFormat)
    : findBy(stream, context, (await import('./json-format.ts')).jsonFormat)
}

function findBy<T>(
  stream: CustomStreamConfig,
  { pagination: { path, paginate }, description, from, isOwn }: FindContext,
  { parse, compile, isPlain }: Format<T>,
): Find {
  const pathOf = (field: string, text: string | undefined) =>
    text === undefined ? undefined : onBehalf(field, () => compile(text))
  const { data_path: data, metadata_path: metadata, total_path: total } = stream
  return compileFind({
    ...description,
    parse,
    isOwn,
    data: pathOf('data_path', data),
    isPlain: data === undefined || isPlain(data),
    metadata: pathOf('metadata_path', metadata),
    total: pathOf('total_path', total),
    nextPage: nextPageFor(paginate.kind === 'next-link', from, path && pathOf(path.field, path.text)),
  })
}

/** Without a path, addresses stand in the Link header. */
function nextPageFor<T>(
  isAddress: boolean,
  from: string,
  path: Path<T> | undefined,
): RecordSearch<T>['nextPage'] {
  const named = path === undefined ? (_: T, reply: Reply) => nextInLinkHeader(reply) : firstOf(path)
  if (isAddress) return (root, reply, at) => resolved(named(root, reply), new URL(at, from))
  return path && named
}

function firstOf<T>(find: Path<T>): (root: T) => Json | undefined {
  return root => {
    const { nodes, isMissing } = find(root)
    // An empty object in which the next page would be named says that there is none.
    return nodes.length === 0 && !isMissing ? null : nodes[0]
  }
}
