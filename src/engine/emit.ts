import { RECORD_END, recordStart, stateMessage } from '../protocol/messages.ts'
import type { Output } from '../protocol/output.ts'
import type { Status } from '../protocol/status.ts'
import type { Shape } from './shape.ts'
import type { Kept } from './sieve.ts'
import type { Sink } from './slice.ts'
import { NOTHING_READ, type Progress, writeProgress } from './state.ts'

/** What a stream says on its way: records, and now and then how far it is. */
export interface Emitter {
  readonly sink: Sink
  /** Everything in this progress has been emitted; it is saved at once the first time, then about once a minute, and
   *  less often the more parents it tells apart. */
  onProgress(progress: Progress): void
  /** Saves the last progress, unless that was done; nothing is said after it. */
  end(): void
  /** To be called now and then while the stream stands still: what was said so far goes out, and about once a minute the
   *  last progress once more, since the platform gives up on a source that sends neither records nor states. */
  onWaiting(): void
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
  /** How far the stream was before. */
  readonly before?: Progress
  readonly saveEveryMs?: number
}

const SAVE_EVERY_MS = 60_000
/** So many parents told apart make a state as costly as a minute is worth: what all states of a run weigh together
 *  grows with its length only. */
const PARENTS_PER_SAVE = 1000

/** The emitter of one stream. */
export function createEmitter({ stream, output, status, shape, now, ...more }: Emitting): Emitter {
  const { before = NOTHING_READ, saveEveryMs = SAVE_EVERY_MS } = more
  const misfits = new Map<string, number>()
  let total = 0
  let unsaved = 0
  let latest: Progress | undefined
  let saved = before
  let savedAt = Number.NEGATIVE_INFINITY
  let ended = false
  const startedAt = now()
  const save = (progress: Progress) => {
    output.send(stateMessage(stream, writeProgress(progress), unsaved))
    void output.flush()
    saved = progress
    latest = undefined
    unsaved = 0
    savedAt = now()
  }
  const isDue = ({ parents }: Progress, since: number) =>
    now() - since >= saveEveryMs * Math.max(1, (parents?.size ?? 0) / PARENTS_PER_SAVE)
  const emit = (record: Kept, start: Buffer) => {
    if ('bytes' in record) return output.copy(start, record.bytes, record.start, record.end, RECORD_END)
    const { data, misfits: columns } = shape(record.json)
    for (const column of columns) misfits.set(column, (misfits.get(column) ?? 0) + 1)
    const text = Buffer.from(JSON.stringify(data))
    output.copy(start, text, 0, text.length, RECORD_END)
  }
  return {
    misfits,
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
      if (isDue(progress, savedAt)) save(progress)
    },
    onWaiting() {
      if (ended) return
      const last = latest ?? saved
      if (isDue(last, Math.max(savedAt, startedAt))) save(last)
      void output.flush()
    },
    end() {
      if (latest !== undefined) save(latest)
      ended = true
    },
  }
}
