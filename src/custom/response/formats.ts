import type { Find } from '../../engine/stream/definition.ts'
import { BadBody, type Reply } from '../../http/types.ts'
import { isObject, type Json } from '../../json.ts'
import type { CustomStreamConfig } from '../config.ts'
import { onBehalf } from '../invalid.ts'
import {
  compileFind,
  type Found,
  type JsonResponse,
  type ParsedResponse,
  type RecordSearch,
  readJson,
} from './find-records.ts'
import { nextInLinkHeader, type Pagination } from './pagination.ts'
import type { Description } from './signs.ts'
import type { XmlDocument } from './xml.ts'

/** How responses of a format are parsed and searched. */
interface Format<R extends ParsedResponse> {
  readonly read: (reply: Reply) => R
  /** Compiles the text of a path. Throws an Error that says what is wrong with it. */
  readonly compile: (text: string) => (response: R) => Found
  /** Whether a path leads to a list at the top level of the response, which the response's own counts are about. */
  readonly isPlain: (text: string) => boolean
}

interface XmlResponse extends ParsedResponse {
  readonly document: XmlDocument
}

/** What records are found by, beside the stream itself. */
export interface FindContext {
  readonly pagination: Pagination
  readonly description: Description
  /** The responses come from the configured origin. */
  readonly isOwn: boolean
}

/** Finds the records in a custom stream's responses, by its format and paths. */
export async function findFor(stream: CustomStreamConfig, context: FindContext): Promise<Find> {
  return stream.response_format === 'xml'
    ? findBy(stream, context, await xmlFormat())
    : findBy(stream, context, await jsonFormat())
}

function findBy<R extends ParsedResponse>(
  stream: CustomStreamConfig,
  { pagination: { path, usesLinkHeader }, description, isOwn }: FindContext,
  format: Format<R>,
): Find {
  const compile = (field: string, text: string | undefined) =>
    text === undefined ? undefined : onBehalf(field, () => format.compile(text))
  const data = stream.data_path
  const find = compile('data_path', data)
  const named = path === undefined ? undefined : compile(path.field, path.text)
  const search: RecordSearch<R> = {
    read: format.read,
    data: data === undefined || find === undefined ? undefined : { find, isPlain: format.isPlain(data) },
    metadata: compile('metadata_path', stream.metadata_path),
    total: compile('total_path', stream.total_path),
    isOwn,
    nextPage: usesLinkHeader === true ? (_, reply) => nextInLinkHeader(reply) : firstOf(named),
    ...description,
  }
  return compileFind(search)
}

function firstOf<R>(
  find: ((response: R) => Found) | undefined,
): ((response: R) => Json | undefined) | undefined {
  if (find === undefined) return undefined
  return response => {
    const { nodes, isMissing } = find(response)
    // An empty object in which the next page would be named says that there is none.
    return nodes.length === 0 && !isMissing ? null : nodes[0]
  }
}

async function jsonFormat(): Promise<Format<JsonResponse>> {
  const { compileJsonPath } = await import('./json-path.ts')
  return {
    read: readJson,
    isPlain: text => /^\$(\.[\w-]+|\[(['"])[^'"]+\2\])?(\[\*\])?$/.test(text.trim()),
    compile: text => {
      const path = compileJsonPath(text)
      return ({ body }) => path.find(body)
    },
  }
}

async function xmlFormat(): Promise<Format<XmlResponse>> {
  const [{ compileXPath }, { errorIn, outlineOf, parseXml, rootOf, toJson }] = await Promise.all([
    import('./xpath.ts'),
    import('./xml.ts'),
  ])
  return {
    read: ({ bytes }) => {
      const document = parseXml(bytes)
      return {
        document,
        get envelope() {
          const body = toJson(rootOf(document))
          return isObject(body) ? body : {}
        },
        get outline() {
          return outlineOf(document)
        },
        get whole() {
          return [toJson(rootOf(document))]
        },
        refuseError() {
          const said = errorIn(document)
          if (said !== undefined) throw new BadBody(`it speaks of an error${said === '' ? '' : `: ${said}`}`)
        },
      }
    },
    isPlain: () => false,
    compile: text => {
      const path = compileXPath(text)
      return ({ document }) => path.find(document)
    },
  }
}
