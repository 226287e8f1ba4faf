/** Memory for the bodies of answers, used again and again: taking new memory for each page makes the collector work, and
 *  holds several times what is in use. */
export interface Buffers {
  /** So many bytes, of any content. */
  take(size: number): Buffer
  /** Takes back what `take` gave; nothing may look at it afterwards. Giving back twice, or not at all, is harmless. */
  give(bytes: Buffer): void
}

/** Below this, new memory is cheaper. */
const SMALL = 16 * 1024
const STEP = 64 * 1024
/** What is kept for later in all: as much as may be under way at once. */
const KEPT = 6 * 1024 * 1024

/** Buffers of which none is there yet. */
export function createBuffers(): Buffers {
  const free: ArrayBufferLike[] = []
  const lent = new WeakSet<ArrayBufferLike>()
  let kept = 0
  const reused = (size: number): ArrayBufferLike | undefined => {
    const at = free.findIndex(({ byteLength }) => byteLength >= size)
    const [memory] = at < 0 ? [] : free.splice(at, 1)
    kept -= memory?.byteLength ?? 0
    return memory
  }
  return {
    take(size) {
      if (size < SMALL) return Buffer.allocUnsafe(size)
      const memory = reused(size) ?? Buffer.allocUnsafeSlow(Math.ceil(size / STEP) * STEP).buffer
      lent.add(memory)
      return Buffer.from(memory, 0, size)
    },
    give({ buffer }) {
      if (!lent.delete(buffer) || kept + buffer.byteLength > KEPT) return
      kept += buffer.byteLength
      free.push(buffer)
    },
  }
}
