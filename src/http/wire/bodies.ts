import type { Readable } from 'node:stream'
import { NetworkError } from '../types.ts'
import type { Buffers } from './buffers.ts'

/** Takes in the body of an answer to `path`, which is expected to have so many bytes; 0 where nobody knows. */
export type Collect = (body: Readable, path: string, expected?: number) => Promise<Buffer>

interface Bounds {
  /** The largest body accepted. */
  readonly maxBytes: number
  /** What every body may hold while it comes in. */
  readonly freeBytes: number
  /** Gives memory for a body, and takes it back. */
  readonly buffers?: Buffers
}

const NEW_MEMORY: Buffers = { take: Buffer.allocUnsafe, give: () => undefined }
/** So much memory is taken on a server's word alone. */
const MOST_EXPECTED = 1024 * 1024

/** Takes in bodies side by side. Of those above `freeBytes` one at a time comes in whole, and the others wait on the wire.
 *  Rejects with ETOOBIG above `maxBytes`. */
export function createCollect({ maxBytes, freeBytes, buffers = NEW_MEMORY }: Bounds): Collect {
  const takeTurn = createTurns()
  return async (body, path, expected = 0) => {
    const gathered = gather(buffers, Math.min(expected, MOST_EXPECTED))
    let size = 0
    let leave: (() => void) | undefined
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        size += piece.length
        if (size > maxBytes) throw tooBig(path, maxBytes)
        if (size > freeBytes) leave ??= await takeTurn()
        gathered.add(piece)
      }
      return gathered.whole()
    } finally {
      leave?.()
    }
  }
}

/** Puts pieces one after another as they come: a piece that is held until the last one is there makes the collector work. The
 *  memory grows where more comes than was expected; from a megabyte on pieces are held after all, since larger memory that
 *  grows is twice what is needed. */
function gather({ take, give }: Buffers, expected: number) {
  let bytes: Buffer = Buffer.alloc(0)
  let size = 0
  const held: Buffer[] = []
  const grow = (to: number) => {
    const before = bytes
    bytes = take(to)
    if (size === 0) return
    before.copy(bytes, 0, 0, size)
    give(before)
  }
  return {
    add(piece: Buffer) {
      const needed = size + piece.length
      const isLarge = needed > MOST_EXPECTED
      if (held.length > 0 || (isLarge && needed > bytes.length)) return void held.push(piece)
      if (needed > bytes.length) grow(Math.max(expected, needed, 2 * size))
      size += piece.copy(bytes, size)
    },
    whole(): Buffer {
      if (held.length > 0) grow(held.reduce((sum, piece) => sum + piece.length, size))
      for (const piece of held) size += piece.copy(bytes, size)
      return bytes.subarray(0, size)
    },
  }
}

/** Gives turns one after another, in the order in which they were asked for; each lasts until what it gave is called. */
function createTurns(): () => Promise<() => void> {
  let last = Promise.resolve()
  return async () => {
    const before = last
    const turn = Promise.withResolvers<void>()
    last = turn.promise
    await before
    return turn.resolve
  }
}

function tooBig(path: string, maxBytes: number): NetworkError {
  return new NetworkError('ETOOBIG', `the answer to ${path} is larger than ${maxBytes} bytes`)
}
