import type { Find } from '../../engine/stream/definition.ts'
import type { Reply } from '../../http/types.ts'
import type { Json } from '../../json.ts'
import { type CustomStreamConfig, given } from '../config.ts'
import { onBehalf } from '../invalid.ts'
import {
  type Answer,
  compileFind,
  type Found,
  type JsonAnswer,
  readJson,
  type Sought,
} from './find-records.ts'
import { linkedNext, type Paging } from './pagination.ts'
import type { XmlDocument } from './xml.ts'

/** How a format's answers are read and searched. */
interface Format<A extends Answer> {
  readonly read: (reply: Reply) => A
  /** The search for a path in its text. Throws an Error that says what is wrong with the text. */
  readonly compile: (text: string) => (answer: A) => Found
  /** Whether a path leads to a list at the top of the answer, of which the answer's own counts speak. */
  readonly isPlain: (text: string) => boolean
}

interface XmlAnswer extends Answer {
  readonly document: XmlDocument
}

/** Finds the records of a custom stream's answers, in its format and by its paths. */
export async function findFor(stream: CustomStreamConfig, paging: Paging): Promise<Find> {
  return stream.response_format === 'xml'
    ? findBy(stream, paging, await xmlFormat())
    : findBy(stream, paging, await jsonFormat())
}

function findBy<A extends Answer>(
  stream: CustomStreamConfig,
  { path, isLinked }: Paging,
  format: Format<A>,
): Find {
  const compile = (field: string, text: string | undefined) =>
    text === undefined ? undefined : onBehalf(field, () => format.compile(text))
  const data = given(stream.data_path)
  const find = compile('data_path', data)
  const named = path === undefined ? undefined : compile(path.field, path.text)
  const sought: Sought<A> = {
    stream: stream.name,
    read: format.read,
    data:
      data === undefined || find === undefined
        ? undefined
        : { find, text: data, isPlain: format.isPlain(data) },
    metadata: compile('metadata_path', given(stream.metadata_path)),
    next: isLinked === true ? (_, reply) => linkedNext(reply) : firstOf(named),
  }
  return compileFind(sought)
}

function firstOf<A>(find: ((answer: A) => Found) | undefined): ((answer: A) => Json | undefined) | undefined {
  return find === undefined ? undefined : answer => find(answer).values[0]
}

async function jsonFormat(): Promise<Format<JsonAnswer>> {
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

async function xmlFormat(): Promise<Format<XmlAnswer>> {
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
