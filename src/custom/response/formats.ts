import type { Find } from '../../engine/stream/definition.ts'
import type { Reply } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import { type CustomStreamConfig, nonBlank } from '../config.ts'
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

/** Finds the records in a custom stream's responses, by its format and paths. */
export async function findFor(stream: CustomStreamConfig, pagination: Pagination): Promise<Find> {
  return stream.response_format === 'xml'
    ? findBy(stream, pagination, await xmlFormat())
    : findBy(stream, pagination, await jsonFormat())
}

function findBy<R extends ParsedResponse>(
  stream: CustomStreamConfig,
  { path, usesLinkHeader }: Pagination,
  format: Format<R>,
): Find {
  const compile = (field: string, text: string | undefined) =>
    text === undefined ? undefined : onBehalf(field, () => format.compile(text))
  const data = nonBlank(stream.data_path)
  const find = compile('data_path', data)
  const named = path === undefined ? undefined : compile(path.field, path.text)
  const search: RecordSearch<R> = {
    stream: stream.name,
    read: format.read,
    data:
      data === undefined || find === undefined
        ? undefined
        : { find, text: data, isPlain: format.isPlain(data) },
    metadata: compile('metadata_path', nonBlank(stream.metadata_path)),
    nextPage: usesLinkHeader === true ? (_, reply) => nextInLinkHeader(reply) : firstOf(named),
  }
  return compileFind(search)
}

function firstOf<R>(
  find: ((response: R) => Found) | undefined,
): ((response: R) => Json | undefined) | undefined {
  return find === undefined ? undefined : response => find(response).values[0]
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
  const [{ compileXPath }, { outlineOf, parseXml, rootOf, toJson }] = await Promise.all([
    import('./xpath.ts'),
    import('./xml.ts'),
  ])
  return {
    read: ({ bytes }) => {
      const document = parseXml(bytes)
      return { document, envelope: {}, outline: outlineOf(document), whole: [toJson(rootOf(document))] }
    },
    isPlain: () => false,
    compile: text => {
      const path = compileXPath(text)
      return ({ document }) => path.find(document)
    },
  }
}
