import type { Writable } from 'node:stream'
import type { Message } from '@airbyte-protocol/types/messages'

const BATCH = 64 * 1024

/** Where messages go: gathered into batches, written in order, never more than the reader takes. */
export interface Output {
  /** Adds one message. */
  send(message: Message): void
  /** Adds messages that are text already: whole lines, each with its newline. */
  append(lines: string): void
  /** Resolves when the reader has kept up: at once, unless a batch is still on its way. */
  ready(): Promise<void>
  /** Writes what is gathered, and resolves when all of it has left the process. */
  flush(): Promise<void>
}

/** The only writer of the stream given, which is stdout in the program. `onClosed` is called once when the reader
 *  has gone away; from then on everything is dropped, so that the connector can end quietly. */
export function createOutput(stream: Writable, onClosed: () => void): Output {
  let pending = ''
  let closed = false
  let draining: Promise<void> | undefined
  const close = () => {
    if (closed) return
    closed = true
    onClosed()
  }
  stream.on('error', close)
  stream.on('close', close)
  const write = () => {
    const batch = pending
    pending = ''
    if (closed || batch === '' || stream.write(batch)) return
    draining ??= settled(stream, 'drain').finally(() => {
      draining = undefined
    })
  }
  const append = (lines: string) => {
    pending += lines
    if (pending.length >= BATCH) write()
  }
  return {
    send: message => append(`${JSON.stringify(message)}\n`),
    append,
    ready: () => draining ?? Promise.resolve(),
    async flush() {
      write()
      if (!closed) await new Promise<void>(done => stream.write('', () => done()))
    },
  }
}

/** Resolves at the event, or when the stream ends before it. */
function settled(stream: Writable, event: string): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      for (const name of [event, 'close', 'error']) stream.off(name, done)
      resolve()
    }
    for (const name of [event, 'close', 'error']) stream.on(name, done)
  })
}
