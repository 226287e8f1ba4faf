import { secretParameters } from '../../config/secret-parameters.ts'
import { isObject } from '../../json.ts'
import { type CustomStream, given } from '../config.ts'
import { onBehalf, Wrong } from '../invalid.ts'
import type { Names } from '../lookup/tables.ts'
import { parseHeaders, secretsIn } from './headers.ts'
import { compileTemplate, type Macros, type Template } from './macros.ts'
import type { Target } from './target.ts'
import { jsonValue, type Parts } from './write.ts'

/** The texts of a custom stream's requests, each with its macros. */
export interface Texts extends Pick<Parts, 'path' | 'headers' | 'body'> {
  /** The values that they name. */
  readonly names: Names
  /** Values of headers that must not be shown. */
  readonly secrets: readonly string[]
  /** Whether they ask for a stretch of time. */
  readonly isWindowed: boolean
}

/** The texts of a stream's requests. Throws a Wrong for an unknown macro, a header that is none, a body that is not what it
 *  says, and half a window. */
export function textsOf(stream: CustomStream, { path, foreign }: Target, macros: Macros): Texts {
  const names = new Map<string, string>()
  const windows = new Set<string>()
  const template = (field: string, text: string): Template => {
    const compiled = onBehalf(field, () => compileTemplate(text, macros))
    for (const name of compiled.names) if (!names.has(name)) names.set(name, field)
    for (const name of compiled.windows) windows.add(name)
    return compiled
  }
  const pairs = onBehalf('headers', () => parseHeaders(stream.headers ?? '', foreign !== undefined))
  const texts = {
    path: template('url', path),
    headers: Object.entries(pairs).map(([name, value]) => [name, template('headers', value)] as const),
    body: bodyOf(stream, template),
  }
  refuseHalf(windows)
  return {
    ...texts,
    names,
    secrets: [...secretsIn(pairs), ...secretParameters(path), ...secretParameters(stream.body ?? '')],
    isWindowed: windows.size > 0,
  }
}

function bodyOf(stream: CustomStream, template: (field: string, text: string) => Template): Parts['body'] {
  const text = given(stream.body)
  if (text === undefined) return undefined
  if (stream.method !== 'POST')
    throw new Wrong('body', 'is given, but method is GET, which sends none; choose POST, or leave it empty')
  const body = { template: template('body', text), format: stream.body_format ?? 'json' }
  if (body.format === 'json') refuseNotJson(body.template, stream)
  return body
}

/** Refuses a body that is no JSON once its macros are filled in. */
function refuseNotJson(template: Template, { pagination }: CustomStream): void {
  const values = Object.fromEntries(template.names.map(name => [name, '1']))
  const body = parsed(template.fill({ values, window: undefined }, jsonValue))
  if (body === undefined)
    throw new Wrong(
      'body',
      'is no JSON once its macros are filled in; put quotes around them, or choose the body_format form',
    )
  if (!isObject(body) && ['page', 'offset', 'next_token'].includes(pagination?.type ?? ''))
    throw new Wrong('body', 'must be a JSON object, since the parameters of paging are added to it')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refuseHalf(windows: ReadonlySet<string>): void {
  if (windows.size !== 1) return
  const [there] = windows
  const other = there === 'window.start' ? 'window.end' : 'window.start'
  throw new Wrong(
    'url',
    `(or body) has {${there}} without {${other}}; a stretch of time has two ends, use both`,
  )
}
