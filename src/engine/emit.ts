import { RECORD_END, recordStart, stateMessage } from '../protocol/messages.ts'
import type { Output } from '../protocol/output.ts'
import type { Status } from '../protocol/status.ts'
import type { Shape } from './shape.ts'
import type { Kept } from './sieve.ts'
import type { Sink } from './slice.ts'
import { type Progress, writeProgress } from './state.ts'

/** What a stream says on its way: records, and now and then how far it is. */
export interface Emitter {
  readonly sink: Sink
  /** Everything in this progress has been emitted; it is saved at once the first time, then about once a minute. */
  onProgress(progress: Progress): void
  /** Saves the last progress, unless that was done. */
  saveProgress(): void
  /** Records emitted so far. */
  records(): number
  /** Columns whose values did not fit, with how often. */
  readonly misfits: ReadonlyMap<string, number>
}

interface Emitting {
  readonly stream: string
  readonly output: Output
  readonly status: Status
  readonly shape: Shape
  readonly now: () => number
}

const SAVE_EVERY_MS = 60_000

/** The emitter of one stream. */
export function createEmitter({ stream, output, status, shape, now }: Emitting): Emitter {
  const misfits = new Map<string, number>()
  let total = 0
  let unsaved = 0
  let latest: Progress | undefined
  let savedAt = Number.NEGATIVE_INFINITY
  const saveProgress = () => {
    if (latest === undefined) return
    output.send(stateMessage(stream, writeProgress(latest), unsaved))
    latest = undefined
    unsaved = 0
    savedAt = now()
  }
  const emit = (record: Kept, start: Buffer) => {
    if ('bytes' in record) return output.copy(start, record.bytes, record.start, record.end, RECORD_END)
    const { data, misfits: columns } = shape(record.json)
    for (const column of columns) misfits.set(column, (misfits.get(column) ?? 0) + 1)
    const text = Buffer.from(JSON.stringify(data))
    output.copy(start, text, 0, text.length, RECORD_END)
  }
  return {
    misfits,
    saveProgress,
    records: () => total,
    async sink(records) {
      if (records.length === 0) return
      status.running()
      const start = recordStart(stream, now())
      for (const record of records) emit(record, start)
      total += records.length
      unsaved += records.length
      await output.ready()
    },
    onProgress(progress) {
      latest = progress
      if (now() - savedAt >= SAVE_EVERY_MS) saveProgress()
    },
  }
}
