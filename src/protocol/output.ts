import type { Writable } from 'node:stream'
import type { Message } from '@airbyte-protocol/types/messages'
import { type Batch, createBatches } from './batch.ts'

/** Where messages go: gathered into batches and written in order. */
export interface Output {
  /** Adds one message. */
  send(message: Message): void
  /** Adds messages that already are text: whole lines, each with its newline. */
  append(lines: string): void
  /** Adds a line whose middle is bytes. They are copied, and may change afterwards. */
  copy(before: Buffer, bytes: Buffer, start: number, end: number, after: Buffer): void
  /** Resolves when the reader has kept up: at once, unless a batch is still on its way. */
  ready(): Promise<void>
  /** Writes what has been gathered, and resolves when all of it has left the process. */
  flush(): Promise<void>
}

/** An output to the given stream, of which it must be the only writer: stdout in the program. `onClosed` is called once when the
 *  reader has gone away; from then on everything is dropped, so that the connector can end quietly. */
export function createOutput(stream: Writable, onClosed: () => void): Output {
  let closed = false
  let draining: Promise<void> | undefined
  const close = () => {
    if (closed) return
    closed = true
    onClosed()
  }
  stream.on('error', close)
  stream.on('close', close)
  const batches = createBatches((batch: Batch) => {
    if (closed || stream.write(batch.bytes, batch.release)) return
    draining ??= settled(stream, 'drain').finally(() => {
      draining = undefined
    })
  })
  return {
    send: message => batches.text(`${JSON.stringify(message)}\n`),
    append: batches.text,
    copy(before, bytes, start, end, after) {
      batches.bytes(before, 0, before.length)
      batches.bytes(bytes, start, end)
      batches.bytes(after, 0, after.length)
    },
    ready: () => draining ?? Promise.resolve(),
    async flush() {
      batches.flush()
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
