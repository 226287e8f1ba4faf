import type { Level } from '../../protocol/messages.ts'
import type { Output } from '../../protocol/output.ts'

type Message = Parameters<Output['send']>[0]

/** What happens in a run. `progress` comes four times a second. Texts hold no secret. */
export type RunEvent =
  | { readonly type: 'started'; readonly streams: readonly string[] }
  | { readonly type: 'progress'; readonly streams: readonly StreamProgress[] }
  | { readonly type: 'log'; readonly level: Level; readonly text: string }
  /** A request will be made again, after some time. */
  | { readonly type: 'wait'; readonly ms: number; readonly reason: string }
  | { readonly type: 'error'; readonly stream: string | undefined; readonly error: RunError }
  /** What a check says of a config that works. */
  | { readonly type: 'checked'; readonly text: string }

/** How far one stream is. */
export interface StreamProgress {
  readonly stream: string
  readonly status: 'waiting' | 'running' | 'complete' | 'incomplete'
  /** Records read by this run. */
  readonly records: number
  readonly requests: number
}

/** An error in a sentence, with who must act: the user (config_error), nobody yet (transient_error), or us. */
export interface RunError {
  readonly failure: string
  readonly message: string
}

/** What a stream has read so far, and in how many requests. */
interface Counts {
  records(): number
  requests(): number
}

/** Who is told by a run how far it is. */
export interface Watching {
  /** A stream has started. */
  watch(stream: string, counts: Counts): void
  /** A request will be made again after so many milliseconds. */
  wait(ms: number, reason: string): void
}

/** Follows what happens to the streams of a run, and tells of it. */
export interface RunWatch extends Watching {
  /** These streams will be read; from now on progress is told, until `end`. */
  begin(streams: readonly string[]): void
  /** A message of the run. `finish` is called when a stream has ended. */
  onMessage(message: Message, finish?: (stream: string, complete: boolean) => void): void
  end(): void
  progressOf(stream: string): StreamProgress
  /** The errors of a stream; without a name, those that concern no single stream. */
  errorsOf(stream: string | undefined): readonly RunError[]
}

const EVERY_MS = 250

/** A watch that tells its events to this function. */
export function createRunWatch(onEvent: (event: RunEvent) => void): RunWatch {
  const followed: Followed = { status: new Map(), counts: new Map(), errors: [] }
  let timer: NodeJS.Timeout | undefined
  const tell = () => onEvent({ type: 'progress', streams: allProgress(followed) })
  return {
    progressOf: stream => progressOf(followed, stream),
    errorsOf: stream => followed.errors.filter(one => one.stream === stream).map(({ error }) => error),
    watch: (stream, counts) => void followed.counts.set(stream, counts),
    wait: (ms, reason) => onEvent({ type: 'wait', ms, reason }),
    begin(streams) {
      onEvent({ type: 'started', streams })
      for (const stream of streams) followed.status.set(stream, 'waiting')
      timer = setInterval(tell, EVERY_MS)
    },
    end() {
      clearInterval(timer)
      if (timer !== undefined) tell()
    },
    onMessage(message, finish) {
      const ended = endIn(message, followed.status)
      if (ended !== undefined) finish?.(ended.stream, ended.complete)
      const event = eventIn(message)
      if (event?.type === 'error') followed.errors.push(event)
      if (event !== undefined) onEvent(event)
    },
  }
}

/** What is known of the streams of a run. */
interface Followed {
  readonly status: Map<string, StreamProgress['status']>
  readonly counts: Map<string, Counts>
  readonly errors: { readonly stream: string | undefined; readonly error: RunError }[]
}

function allProgress(followed: Followed): readonly StreamProgress[] {
  return [...followed.status.keys()].map(stream => progressOf(followed, stream))
}

function progressOf({ status, counts }: Followed, stream: string): StreamProgress {
  return {
    stream,
    status: status.get(stream) ?? 'waiting',
    records: counts.get(stream)?.records() ?? 0,
    requests: counts.get(stream)?.requests() ?? 0,
  }
}

const STATUSES = {
  STARTED: 'running',
  RUNNING: 'running',
  COMPLETE: 'complete',
  INCOMPLETE: 'incomplete',
} as const

/** Notes the status that a message tells. The stream, if it has ended with it. */
function endIn(message: Message, status: Map<string, StreamProgress['status']>) {
  if (message.type !== 'TRACE' || message.trace.type !== 'STREAM_STATUS') return undefined
  const told = message.trace.stream_status
  if (told === undefined) return undefined
  const stream = told.stream_descriptor.name
  const now = STATUSES[told.status]
  status.set(stream, now)
  return now === 'running' ? undefined : { stream, complete: now === 'complete' }
}

function eventIn(message: Message): Extract<RunEvent, { type: 'log' | 'error' | 'checked' }> | undefined {
  if (message.type === 'CONNECTION_STATUS') return checkedIn(message.connectionStatus)
  if (message.type === 'LOG')
    return { type: 'log', level: message.log.level as 'INFO', text: message.log.message }
  if (message.type !== 'TRACE' || message.trace.type !== 'ERROR') return undefined
  const { message: text = '', failure_type = 'system_error', stream_descriptor } = message.trace.error ?? {}
  return { type: 'error', stream: stream_descriptor?.name, error: { failure: failure_type, message: text } }
}

function checkedIn({ status, message = '' }: { readonly status: string; readonly message?: string }) {
  if (status === 'FAILED')
    return { type: 'error', stream: undefined, error: { failure: 'config_error', message } } as const
  return { type: 'checked', text: `The config works. ${message}`.trim() } as const
}

const nothing = () => undefined

/** The watch of a run that nobody watches. */
export const UNWATCHED: RunWatch = {
  begin: nothing,
  end: nothing,
  watch: nothing,
  wait: nothing,
  onMessage: nothing,
  progressOf: stream => ({ stream, status: 'waiting', records: 0, requests: 0 }),
  errorsOf: () => [],
}
