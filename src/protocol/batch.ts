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
  const free: Buffer[] = []
  let buffer: Buffer = Buffer.allocUnsafeSlow(SIZE)
  let used = 0
  const flush = () => {
    if (used === 0) return
    const filled = buffer
    full({
      bytes: filled.subarray(0, used),
      release: () => {
        if (free.length < KEPT) free.push(filled)
      },
    })
    buffer = free.pop() ?? Buffer.allocUnsafeSlow(SIZE)
    used = 0
  }
  const alone = (bytes: Buffer) => {
    flush()
    full({ bytes, release: () => undefined })
  }
  return {
    flush,
    text(text) {
      // A UTF-16 unit takes three bytes at most.
      if (text.length * 3 > SIZE - used) {
        if (text.length * 3 > SIZE) return alone(Buffer.from(text))
        flush()
      }
      used += buffer.write(text, used, 'utf8')
    },
    bytes(source, start, end) {
      if (end - start > SIZE - used) {
        if (end - start > SIZE) return alone(Buffer.from(source.subarray(start, end)))
        flush()
      }
      used += source.copy(buffer, used, start, end)
    },
  }
}
