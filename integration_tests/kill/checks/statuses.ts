import type { Printed } from '../../harness/program.ts'
import type { RunEnd } from '../runs/run.ts'

/** What is wrong with how a run that ended by itself told of its streams: their statuses, its errors and its exit code agree,
 *  and nothing of a stream comes after its end. Source: the platform's rules R1 to R3. */
export function wrongStatuses({ code, messages }: RunEnd, streams: readonly string[]): readonly string[] {
  if (code === undefined) return []
  const ends = streams.map(stream => ({ stream, ...storyOf(messages, stream) }))
  const isWhole = ends.every(({ last }) => last === 'COMPLETE')
  return [
    ...(code !== 0 && code !== 1 ? [`exit code ${code}`] : []),
    ...ends.flatMap(({ stream, wrong }) => wrong.map(what => `${stream}: ${what}`)),
    ...(isWhole === (code === 0) ? [] : [`exit code ${code}, though ${describe(ends)}`]),
    ...ends
      .filter(({ stream, last }) => last === 'INCOMPLETE' && !isExplained(messages, stream))
      .map(({ stream }) => `${stream}: incomplete without an error`),
    ...lateErrors(messages),
  ]
}

/** The streams that a run left incomplete. */
export function incompleteIn({ messages }: RunEnd, streams: readonly string[]): readonly string[] {
  return streams.filter(stream => storyOf(messages, stream).last === 'INCOMPLETE')
}

interface Story {
  readonly last: string | undefined
  readonly wrong: readonly string[]
}

function storyOf(messages: readonly Printed[], stream: string): Story {
  let last: string | undefined
  const wrong = new Set<string>()
  for (const message of messages) {
    const what = chapter(message, stream)
    if (what === undefined) continue
    const mistake = mistakeOf(what, last)
    if (mistake !== undefined) wrong.add(mistake)
    if (what !== 'record' && what !== 'state') last = what
  }
  if (!isEnd(last)) wrong.add(`no end but ${last}`)
  return { last, wrong: [...wrong] }
}

function mistakeOf(what: string, last: string | undefined): string | undefined {
  if (last === undefined) return what === 'STARTED' ? undefined : `${what} before it started`
  if (isEnd(last)) return `${what} after ${last}`
  return what === 'record' && last === 'STARTED' ? 'a record before it was running' : undefined
}

function isEnd(status: string | undefined): boolean {
  return status === 'COMPLETE' || status === 'INCOMPLETE'
}

function chapter({ type, record, state, trace }: Printed, stream: string): string | undefined {
  if (type === 'RECORD') return record.stream === stream ? 'record' : undefined
  if (type === 'STATE') return state.stream.stream_descriptor.name === stream ? 'state' : undefined
  const status = trace?.stream_status
  return status?.stream_descriptor.name === stream ? status.status : undefined
}

function isExplained(messages: readonly Printed[], stream: string): boolean {
  return errorsIn(messages).some(({ stream_descriptor: of }) => of === undefined || of.name === stream)
}

// The first error decides whether the platform tries again: what the user must change comes last.
function lateErrors(messages: readonly Printed[]): readonly string[] {
  const own = errorsIn(messages).filter(error => error.stream_descriptor !== undefined)
  const first = own.findIndex(error => error.failure_type === 'config_error')
  const isLate = first >= 0 && own.slice(first).some(error => error.failure_type !== 'config_error')
  return isLate ? ['a config_error before errors of another kind'] : []
}

/** The errors that were traced. */
export function errorsIn(messages: readonly Printed[]): readonly Printed[] {
  return messages.flatMap(({ type, trace }) =>
    type === 'TRACE' && trace.type === 'ERROR' ? [trace.error] : [],
  )
}

function describe(ends: readonly { readonly stream: string; readonly last: string | undefined }[]): string {
  return ends.map(({ stream, last }) => `${stream} is ${last}`).join(', ')
}
