import { BadBody } from '../../http/types.ts'
import { excerpt, isList, type Json, type JsonObject } from '../../json.ts'

/** Throws BadBody for an answer that is an error by its own words, whatever its status. */
export function refuseError(body: JsonObject, holdsAnswer: boolean): void {
  const said = errorIn(body, holdsAnswer)
  if (said !== undefined) throw new BadBody(`it speaks of an error${said === '' ? '' : `: ${said}`}`)
}

/** What an answer says of an error, on one line, where it is an error by its own words: `success` is false, or it holds an
 *  error, a code or a message instead of what was asked for. Undefined where it is none; empty where it says no more. */
function errorIn(body: JsonObject, holdsAnswer: boolean): string | undefined {
  const words = WORDS.filter(name => isSaid(body[name]))
  const isRefusal =
    String(body['success']) === 'false' || (!holdsAnswer && (words.length > 0 || isCalledError(body)))
  if (!isRefusal) return undefined
  const text = words.map(name => body[name]).find(value => typeof value === 'string')
  return typeof text === 'string' ? excerpt(text) : ''
}

/** Throws BadBody for a list that is not whole by its own words, as search engines answer when their time is up. */
export function refusePartial(body: JsonObject): void {
  const name = PARTIAL.find(one => body[one] === true)
  if (name !== undefined) throw new BadBody(`it is not whole by its own words (${name})`)
}

const PARTIAL = ['timed_out', 'timedOut', 'incomplete_results', 'incompleteResults'] as const

/** Whether an envelope holds a list, under whatever name but those of errors. */
export function holdsList(body: JsonObject): boolean {
  return Object.entries(body).some(([name, value]) => isList(value) && !WORDS.some(word => word === name))
}

/** Whether a bare object holds anything that is neither about an error nor around an answer. */
export function holdsMore(body: JsonObject): boolean {
  return Object.entries(body).some(([name, value]) => !ABOUT_ERRORS.has(name) && value !== null)
}

const WORDS = ['message', 'error', 'error_message', 'errors', 'code'] as const

/** What objects that are errors consist of. Sources: the vendor's documents, RFC 9457, and what gateways send. */
const ABOUT_ERRORS: ReadonlySet<string> = new Set([
  ...WORDS,
  ...['success', 'status', 'statusCode', 'status_code', 'errorCode', 'error_code', 'item', 'data', 'schemas'],
  ...['error_description', 'error_message', 'error_detail', 'detail', 'details', 'description', 'reason'],
  ...[
    'pagination',
    'meta',
    'links',
    'title',
    'type',
    'instance',
    'path',
    'timestamp',
    'requestId',
    'request_id',
    'traceId',
    'trace_id',
  ],
])

/** Whether an object says by its status or its schema that it is an error. Sources: the vendor's third version, RFC 7644. */
function isCalledError({ status, schemas }: JsonObject): boolean {
  if (isList(schemas) && schemas.some(schema => String(schema).endsWith(':Error'))) return true
  return typeof status === 'string' && /^(error|fail|failed|failure)$/i.test(status)
}

function isSaid(value: Json | undefined): boolean {
  if (isList(value)) return value.length > 0
  return value !== undefined && value !== null && value !== 0 && value !== '' && value !== false
}
