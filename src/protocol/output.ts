import type { Writable } from 'node:stream'
import type { Message } from '@airbyte-protocol/types/messages'
import { createBatches } from './batch.ts'
import { createQueue, type WriteNow } from './queue.ts'

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

/** An output to the given stream, of which it must be the only writer: stdout in the program, with `writeNow` for the file or
 *  pipe behind it. `onClosed` is called once when the reader has gone away, or with the error by which nothing more can be
 *  written; from then on everything is dropped, so that the connector can end. */
export function createOutput(
  stream: Writable,
  onClosed: (error?: NodeJS.ErrnoException) => void,
  writeNow?: WriteNow,
): Output {
  let closed = false
  const queue = createQueue(stream, writeNow)
  const batches = createBatches(queue.push)
  const close = (error?: NodeJS.ErrnoException) => {
    if (closed) return
    closed = true
    queue.close()
    onClosed(error)
  }
  stream.on('error', close)
  stream.on('close', () => close())
  return {
    send: message => batches.text(`${JSON.stringify(message)}\n`),
    append: batches.text,
    copy(before, bytes, start, end, after) {
      batches.bytes(before, 0, before.length)
      batches.bytes(bytes, start, end)
      batches.bytes(after, 0, after.length)
    },
    ready: () => queue.behind() ?? Promise.resolve(),
    async flush() {
      batches.flush()
      const behind = queue.behind()
      if (behind !== undefined) await behind
      if (!closed) await new Promise<void>(done => stream.write('', () => done()))
    },
  }
}
