import { writeSync } from 'node:fs'
import type { Writable } from 'node:stream'
import type { Batch } from './batch.ts'

/** Writes at once as many of the bytes as the reader has room for, and says how many. 0: nothing can be written now, for
 *  whatever reason; the stream will tell. */
export type WriteNow = (bytes: Buffer) => number

/** Batches on their way to the reader, in order. */
export interface Queue {
  push(batch: Batch): void
  /** Resolves when nothing waits any more; undefined where nothing does. */
  behind(): Promise<void> | undefined
  /** Drops what waits, and whatever comes from now on. */
  close(): void
}

/** Writing at once to a file, or to a pipe that does not block. A pipe takes 64 kB, and a stream writes on only between two
 *  events: a page of 600 kB would wait for ten of them, though the reader has long been ready. */
export function writeNowTo(fd: number): WriteNow {
  return bytes => {
    try {
      return writeSync(fd, bytes)
    } catch {
      return 0
    }
  }
}

/** A queue to the stream. With `writeNow`, the stream gets only what the reader was too slow for, once the event loop turns. */
export function createQueue(stream: Writable, writeNow?: WriteNow): Queue {
  const waiting: Batch[] = []
  let isWriting = false
  let isClosed = false
  let isDue = false
  let emptied: PromiseWithResolvers<void> | undefined
  const isIdle = () => isClosed || (!isWriting && waiting.length === 0)
  const settle = () => {
    emptied?.resolve()
    emptied = undefined
  }
  const send = () => {
    isDue = false
    const batch = isWriting ? undefined : waiting.shift()
    if (batch === undefined) return
    isWriting = true
    stream.write(batch.bytes, () => {
      isWriting = false
      batch.release()
      writeOn()
    })
  }
  const writeOn = () => {
    if (writeNow !== undefined && !isWriting) takeAll(waiting, writeNow)
    if (isIdle()) settle()
    else if (writeNow === undefined) send()
    else if (!isDue) {
      isDue = true
      setImmediate(send)
    }
  }
  return {
    push(batch) {
      if (isClosed) return
      waiting.push(batch)
      writeOn()
    },
    behind() {
      if (isIdle()) return undefined
      emptied ??= Promise.withResolvers()
      return emptied.promise
    },
    close() {
      isClosed = true
      waiting.length = 0
      settle()
    },
  }
}

/** Writes what waits for as long as the reader has room: it has none left where it took a part. To ask once more would cost an
 *  exception. */
function takeAll(waiting: Batch[], writeNow: WriteNow): void {
  for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
    const count = writeNow(first.bytes)
    if (count < first.bytes.length) {
      waiting[0] = { bytes: first.bytes.subarray(count), release: first.release }
      return
    }
    waiting.shift()
    first.release()
  }
}
