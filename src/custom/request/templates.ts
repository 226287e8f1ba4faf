import { secretParameters } from '../../config/secret-parameters.ts'
import { DAY_MS } from '../../durations.ts'
import type { CustomStreamConfig } from '../config.ts'
import { InvalidField, onBehalf } from '../invalid.ts'
import type { NamedValues } from '../lookup/tables.ts'
import { parseHeaders, secretsIn } from './headers.ts'
import { compileMacros, type MacroContext, type MacroText, type Place } from './macros.ts'
import type { Target } from './target.ts'
import type { RequestParts } from './write.ts'

/** The parts of a custom stream's requests that may hold macros. */
export interface RequestTemplates extends RequestParts {
  /** The values that they use. */
  readonly names: NamedValues
  /** Values of headers that must never be shown. */
  readonly secrets: readonly string[]
  /** The steps in which they ask for a window of time; undefined where they ask for none. */
  readonly stepMs: number | undefined
}

/** The templates of a stream's requests. Throws an InvalidField for what is wrong with one. */
export function compileTemplates(stream: CustomStreamConfig, target: Target, macros: MacroContext) {
  const names = new Map<string, string>()
  const windows = new Set<string>()
  const template = (field: string, text: string, place: Place): MacroText => {
    const compiled = onBehalf(field, () => compileMacros(text, macros, place))
    for (const name of compiled.names) if (!names.has(name)) names.set(name, field)
    for (const name of compiled.windows) windows.add(name)
    return compiled
  }
  const { headers = '', body, method } = stream
  if (body !== undefined && method !== 'POST')
    throw new InvalidField('body', 'is set, but GET sends no body; choose POST, or leave it empty')
  const pairs = onBehalf('headers', () => parseHeaders(headers, target.foreign !== undefined))
  const templates = {
    path: template('url', target.path, 'address'),
    headers: Object.entries(pairs).map(([name, one]) => [name, template('headers', one, 'header')] as const),
    body: body === undefined ? undefined : template('body', body, 'body'),
  }
  const secrets = [...secretsIn(pairs), ...[target.path, body ?? ''].flatMap(secretParameters)]
  const stepMs = windowStep(windows, stream, macros.dates.stepMs)
  return { stream, target, ...templates, names, secrets, stepMs } satisfies RequestTemplates
}

/** The steps in which windows are asked for, if they are. A start alone asks for a day, where moments are days. */
function windowStep([there, other]: Iterable<string>, stream: CustomStreamConfig, stepMs: number) {
  const { url, body, cursor_field } = stream
  const [from, to] = ends(`${url} ${body}`)
  if (from !== undefined && to !== undefined && placeOf(from) > placeOf(to))
    throw new InvalidField('url', `(or body) asks from ${from} to ${to}; swap them`)
  const isDay = there === 'window.start' && stepMs === DAY_MS && cursor_field === undefined
  if (there === undefined || other !== undefined || isDay) return there === undefined ? undefined : stepMs
  throw new InvalidField(
    'url',
    `(or body) has {${there}} without {${there === 'window.start' ? 'window.end' : 'window.start'}}; a window has two ends, use both ` +
      '(for an API that takes one day, use {window.start} alone with date_format yyyy-MM-dd and without cursor_field)',
  )
}

/** The moments in a parameter that is called as a start, and in one that is called as an end. */
function ends(text: string) {
  const moment = String.raw`[\w.-]*\W*(\{(?:window\.\w+|now[+-]?\d*)\})`
  const names = ['from|start|since|after', String.raw`end|until|before|to\b`]
  return names.map(some => new RegExp(String.raw`[\w.-]*(?:${some})${moment}`, 'i').exec(text)?.[1])
}

/** Where a moment lies among those of its kind. */
function placeOf(macro: string): number {
  return macro.includes('.') ? macro.indexOf('end') : Number(macro.replaceAll(/[{}now]/gi, ''))
}
