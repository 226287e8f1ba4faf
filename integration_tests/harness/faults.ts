import type { StreamDef } from '../../src/engine/stream/definition.ts'
import type { Ended } from './program.ts'
import { isOver, worldKey } from './standard.ts'
import { errorsOf, recordsOf, storyOf } from './sync.ts'

/** Each fault is survived or reported, by every stream: a stream that is said to be complete has every record that the
 *  world had when the sync began, or a warning says what is missing. */
export const FAULTS = [
  'once-500',
  'once-503',
  'burst-503:3',
  'every-429:7',
  'every-429:9,retry-after:0',
  'html:11',
  'truncated:9',
  'empty-204:13',
  'reset-headers:12',
  'reset-body:10',
  'slow-body:20',
  'token-dies:25',
  'no-expires-in',
  'shift',
  'shrink',
  'repeat-page:2',
  'ignore-page',
  'no-pages',
  'no-current',
  'no-total',
  'no-pages,no-total',
  'no-pagination',
  'duplicate-ids',
  'no-id',
  'ignore-time-filter',
  'cap-pages:2',
  'max-window-days:3',
  'retention-days:4',
  'strict-params',
  'clock-skew:7200',
  'gzip',
  'grouped-total',
  'ignore-metric-dates',
  'no-scim',
  'vanish:5',
  'status-403@/api/v2/queues',
  'status-500@/api/v2/sms',
  'status-404',
  'redirect-away',
  'not-a-list@/api/v2/',
  'no-container@/api/v2/calls',
]

/** What a stream lost without a word. */
export function lossOf(def: StreamDef, keys: readonly string[], ended: Ended): string[] {
  const last = storyOf(ended, def.name).findLast(
    chapter => chapter === 'COMPLETE' || chapter === 'INCOMPLETE',
  )
  if (last === undefined) return [`${def.name}: ended without a status`]
  const got = new Set(recordsOf(ended, def.name).map(record => worldKey(def, record)))
  const missing = keys.filter(key => isOver(def, key) && !got.has(key))
  if (last === 'INCOMPLETE') return isReported(def, ended) ? [] : [`${def.name}: incomplete without an error`]
  if (missing.length === 0 || isWarned(def, ended)) return []
  return [`${def.name}: complete, though ${missing.length} of ${keys.length} are missing, e.g. ${missing[0]}`]
}

function isReported({ name, parent }: StreamDef, ended: Ended): boolean {
  const streams = errorsOf(ended).map(error => error.stream_descriptor?.name)
  return (
    ended.code !== 0 &&
    streams.some(stream => stream === undefined || stream === name || stream === parent?.stream)
  )
}

/** Whether a warning, or the closing line's count of what was left out, speaks of the stream or its parent. */
function isWarned({ name, parent }: StreamDef, { messages }: Ended): boolean {
  const speaksOf = (text: string, stream: string) =>
    text.startsWith(`${stream}:`) && (text.includes('; ') || !/records in/.test(text))
  return messages.some(
    ({ type, log }) =>
      type === 'LOG' && [name, parent?.stream ?? name].some(stream => speaksOf(log.message, stream)),
  )
}
