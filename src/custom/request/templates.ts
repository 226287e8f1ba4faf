import { secretParameters } from '../../config/secret-parameters.ts'
import { isObject } from '../../json.ts'
import { type CustomStreamConfig, nonBlank } from '../config.ts'
import { InvalidField, onBehalf } from '../invalid.ts'
import type { NamedValues } from '../lookup/tables.ts'
import { parseHeaders, secretsIn } from './headers.ts'
import { compileMacros, type MacroContext, type MacroText } from './macros.ts'
import type { Target } from './target.ts'
import { jsonValue, type RequestParts } from './write.ts'

/** The parts of a custom stream's requests that may hold macros. */
export interface RequestTemplates extends Pick<RequestParts, 'path' | 'headers' | 'body'> {
  /** The values that they use. */
  readonly names: NamedValues
  /** Values of headers that must never be shown. */
  readonly secrets: readonly string[]
  /** Whether they ask for a window of time. */
  readonly isWindowed: boolean
}

/** The templates of a stream's requests. Throws an InvalidField for an unknown macro, an invalid header, a body that is not in its
 *  format, and a window with one end. */
export function compileTemplates(
  stream: CustomStreamConfig,
  { path, foreign }: Target,
  macros: MacroContext,
): RequestTemplates {
  const names = new Map<string, string>()
  const windows = new Set<string>()
  const template = (field: string, text: string): MacroText => {
    const compiled = onBehalf(field, () => compileMacros(text, macros))
    for (const name of compiled.names) if (!names.has(name)) names.set(name, field)
    for (const name of compiled.windows) windows.add(name)
    return compiled
  }
  const pairs = onBehalf('headers', () => parseHeaders(stream.headers ?? '', foreign !== undefined))
  const templates = {
    path: template('url', path),
    headers: Object.entries(pairs).map(([name, value]) => [name, template('headers', value)] as const),
    body: bodyOf(stream, template),
  }
  refuseHalf(windows)
  return {
    ...templates,
    names,
    secrets: [...secretsIn(pairs), ...secretParameters(path), ...secretParameters(stream.body ?? '')],
    isWindowed: windows.size > 0,
  }
}

function bodyOf(
  stream: CustomStreamConfig,
  template: (field: string, text: string) => MacroText,
): RequestParts['body'] {
  const text = nonBlank(stream.body)
  if (text === undefined) return undefined
  if (stream.method !== 'POST')
    throw new InvalidField(
      'body',
      'is set, but method is GET, which sends no body; choose POST, or leave it empty',
    )
  const body = { text: template('body', text), format: stream.body_format ?? 'json' }
  if (body.format === 'json') refuseNotJson(body.text, stream)
  return body
}

/** Refuses a body that is not JSON once its macros are filled in. */
function refuseNotJson(text: MacroText, { pagination }: CustomStreamConfig): void {
  const values = Object.fromEntries(text.names.map(name => [name, '1']))
  const body = parsed(text.fill({ values, window: undefined }, jsonValue))
  if (body === undefined)
    throw new InvalidField(
      'body',
      'is not JSON once its macros are filled in; put quotes around them, or set body_format to form',
    )
  if (!isObject(body) && ['page', 'offset', 'next_token'].includes(pagination?.type ?? ''))
    throw new InvalidField('body', 'must be a JSON object, because the pagination parameters are added to it')
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
  throw new InvalidField(
    'url',
    `(or body) has {${there}} without {${other}}; a window has two ends, use both`,
  )
}
