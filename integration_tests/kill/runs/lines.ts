/** What the connector's read command writes to: its messages, line by line. */
export interface Lines {
  readonly send: (message: unknown) => void
  readonly append: (lines: string) => void
  readonly copy: (before: Buffer, bytes: Buffer, start: number, end: number, after: Buffer) => void
  readonly ready: () => Promise<void>
  readonly flush: () => Promise<void>
}

const NEWLINE = 10

/** An output that hands on each line without its newline. */
export function makeLines(take: (line: string) => void): Lines {
  let rest: Buffer = Buffer.alloc(0)
  const add = (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      take(rest.toString('utf8', 0, end))
      rest = rest.subarray(end + 1)
    }
  }
  return {
    send: message => add(Buffer.from(`${JSON.stringify(message)}\n`)),
    append: lines => add(Buffer.from(lines)),
    copy: (before, bytes, start, end, after) =>
      add(Buffer.concat([before, bytes.subarray(start, end), after])),
    ready: async () => undefined,
    flush: async () => undefined,
  }
}
