/** A filled buffer to be written. */
export interface Batch {
  readonly bytes: Buffer
  /** To be called when the bytes have been written, so that the buffer can be reused. */
  readonly release: () => void
}

/** Gathers texts and bytes into buffers that are reused. */
export interface Batches {
  text(text: string): void
  bytes(source: Buffer, start: number, end: number): void
  /** Hands over what has been gathered so far, if anything. */
  flush(): void
}

const SIZE = 64 * 1024
/** Buffers kept for reuse; more are created only while the reader is slow. */
const KEPT = 4

/** Batches that are handed to `full` in order. */
export function createBatches(full: (batch: Batch) => void): Batches {
  const spare = createSpare()
  let buffer = spare.take()
  let used = 0
  const flush = () => {
    if (used === 0) return
    const filled = buffer
    full({ bytes: filled.subarray(0, used), release: () => spare.give(filled) })
    buffer = spare.take()
    used = 0
  }
  /** Whether a buffer holds so much at all; what was gathered is handed over where it is in the way. */
  const hasRoom = (size: number) => {
    if (size > SIZE) return false
    if (size > SIZE - used) flush()
    return true
  }
  const alone = (bytes: Buffer) => {
    flush()
    full({ bytes, release: () => undefined })
  }
  return {
    flush,
    text(text) {
      // A UTF-16 unit takes three bytes at most.
      if (hasRoom(text.length * 3)) used += buffer.write(text, used, 'utf8')
      else alone(Buffer.from(text))
    },
    bytes(source, start, end) {
      if (hasRoom(end - start)) used += source.copy(buffer, used, start, end)
      else alone(Buffer.from(source.subarray(start, end)))
    },
  }
}

/** Buffers of which some are kept for reuse. */
function createSpare() {
  const free: Buffer[] = []
  return {
    take: (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(SIZE),
    give(buffer: Buffer) {
      if (free.length < KEPT) free.push(buffer)
    },
  }
}
