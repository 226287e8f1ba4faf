import type { Readable } from 'node:stream'
import { NetworkError } from '../types.ts'

/** Takes in the body of an answer to `path`. */
export type Collect = (body: Readable, path: string) => Promise<Buffer>

interface Bounds {
  /** The largest body accepted. */
  readonly maxBytes: number
  /** What every body may hold while it comes in. */
  readonly freeBytes: number
  /** Gives the memory for a whole body. */
  readonly take?: (size: number) => Buffer
}

/** Takes in bodies side by side. Of those above `freeBytes` one at a time comes in whole, and the others wait on the wire.
 *  Rejects with ETOOBIG above `maxBytes`. */
export function createCollect({ maxBytes, freeBytes, take = Buffer.allocUnsafe }: Bounds): Collect {
  const takeTurn = createTurns()
  return async (body, path) => {
    const pieces: Buffer[] = []
    let size = 0
    let leave: (() => void) | undefined
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        size += piece.length
        if (size > maxBytes) throw tooBig(path, maxBytes)
        if (size > freeBytes) leave ??= await takeTurn()
        pieces.push(piece)
      }
      return whole(pieces, take(size))
    } finally {
      leave?.()
    }
  }
}

/** The pieces one after another, in memory of their size in all. */
function whole(pieces: readonly Buffer[], bytes: Buffer): Buffer {
  let at = 0
  for (const piece of pieces) at += piece.copy(bytes, at)
  return bytes
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
