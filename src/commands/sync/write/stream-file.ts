import { type FileHandle, open } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { createBatches } from '../../../protocol/batch.ts'

/** A stream's file while it is being written: lines are gathered, and written in order. */
export interface StreamFile {
  /** Adds a line: `before`, then the bytes. */
  add(before: Buffer, bytes: Buffer, start: number, end: number): void
  /** Hands over what was gathered so far, to be written. */
  flush(): void
  /** Resolves when everything that was handed over before is on the disk; to how many bytes that is. */
  toDisk(): Promise<number>
  close(): Promise<void>
}

/** Work that is done one piece after the other. */
export type Enqueue = (work: () => Promise<void>) => void

const LINE_END = Buffer.from('\n')

/** A new file at this path. With gzip, each batch is a member of its own, so that the file is whole after each of them. */
export function createStreamFile(path: string, gzip: boolean, enqueue: Enqueue): StreamFile {
  const disk = createDiskFile(path)
  const batches = createBatches(({ bytes, release }) =>
    enqueue(async () => {
      await disk.append(gzip ? gzipSync(bytes) : bytes)
      release()
    }),
  )
  return {
    add(before, bytes, start, end) {
      batches.bytes(before, 0, before.length)
      batches.bytes(bytes, start, end)
      batches.bytes(LINE_END, 0, 1)
    },
    flush: batches.flush,
    toDisk: disk.sync,
    close: disk.close,
  }
}

/** A file that is made with its first bytes. */
function createDiskFile(path: string) {
  let handle: FileHandle | undefined
  let size = 0
  return {
    async append(bytes: Buffer): Promise<void> {
      handle ??= await open(path, 'w')
      await handle.appendFile(bytes)
      size += bytes.length
    },
    /** Resolves to how many bytes are on the disk. */
    async sync(): Promise<number> {
      await handle?.datasync()
      return size
    },
    async close(): Promise<void> {
      await handle?.close()
      handle = undefined
    },
  }
}
