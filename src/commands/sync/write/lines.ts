/** How the lines of a batch of records begin: its stream, and what is put before a record's bytes. */
export interface LineStart {
  readonly stream: string
  readonly extractedAt: string
  /** Before the fields of a record. */
  readonly opening: Buffer
  /** Before the end of a record without fields. */
  readonly openingOfNone: Buffer
}

/** Turns the start of a RECORD line into that of a line in a file, which holds the record and when it was read. The moments of
 *  a stream only ever move forward, whatever the clock does, so the newest of several rows is the one with the latest moment.
 *  `last` is a stream's latest moment so far. */
export function createLineStarts(
  last: (stream: string) => string | undefined,
): (before: Buffer) => LineStart {
  const newest = new Map<string, number>()
  let known: { readonly before: Buffer; readonly start: LineStart } | undefined
  return before => {
    if (known?.before === before) return known.start
    const { stream, emitted_at } = JSON.parse(`${before.toString()}null}}`).record
    const after = newest.get(stream) ?? (Date.parse(last(stream) ?? '') || 0)
    const moment = Math.max(emitted_at, after + 1)
    newest.set(stream, moment)
    known = { before, start: lineStart(stream, new Date(moment).toISOString()) }
    return known.start
  }
}

function lineStart(stream: string, extractedAt: string): LineStart {
  const opening = `{"_extracted_at":"${extractedAt}"`
  return { stream, extractedAt, opening: Buffer.from(`${opening},`), openingOfNone: Buffer.from(opening) }
}

const CLOSING_BRACE = 0x7d

/** Whether the object that begins at `start` has no fields. */
export function isEmptyObject(bytes: Buffer, start: number): boolean {
  let at = start + 1
  while ((bytes[at] ?? CLOSING_BRACE) <= 0x20) at++
  return bytes[at] === CLOSING_BRACE
}
