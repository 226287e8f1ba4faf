import { RECORD_END, recordEndWith, recordStart } from '../protocol/messages.ts'
import type { Output } from '../protocol/output.ts'
import type { Status } from '../protocol/status.ts'
import type { Sink, StreamRecord } from './records/filter.ts'
import type { FitSchema } from './records/fit-schema.ts'
import { type Checkpointing, createCheckpoints } from './state/checkpoints.ts'
import type { Progress } from './state/progress.ts'

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

interface Emitting extends Checkpointing {
  readonly output: Output
  readonly status: Status
  readonly fit: FitSchema
}

/** The emitter of one stream. */
export function createEmitter({ status, fit, ...saving }: Emitting): Emitter {
  const { stream, output, now } = saving
  const { count, ...saver } = createCheckpoints(saving)
  const misfits = new Map<string, number>()
  let total = 0
  const emit = (record: StreamRecord, start: Buffer) => {
    if ('bytes' in record) return output.copy(start, record.bytes, record.start, record.end, RECORD_END)
    const { data, misfits: columns } = fit(record.json)
    for (const column of columns) misfits.set(column, (misfits.get(column) ?? 0) + 1)
    const text = Buffer.from(JSON.stringify(data))
    output.copy(start, text, 0, text.length, recordEndWith(columns))
  }
  return {
    ...saver,
    misfits,
    records: () => total,
    async sink(records) {
      if (records.length === 0) return
      status.running()
      const start = recordStart(stream, now())
      records.forEach(record => {
        emit(record, start)
      })
      total += records.length
      count(records.length)
      await output.ready()
    },
  }
}
