import { stateMessage } from '../../protocol/messages.ts'
import type { Output } from '../../protocol/output.ts'
import { NOTHING_READ, type Progress } from './progress.ts'
import { writeProgress } from './write.ts'

/** When a stream's progress is sent as STATE. */
export interface Checkpoints {
  /** So many records have been emitted. */
  count(records: number): void
  onProgress(progress: Progress): void
  onWaiting(): void
  end(): void
}

/** What saving takes. */
export interface Checkpointing {
  readonly stream: string
  readonly output: Pick<Output, 'send' | 'flush'>
  readonly now: () => number
  /** How far the stream was before. */
  readonly before?: Progress
  readonly saveEveryMs?: number
}

const SAVE_EVERY_MS = 60_000
/** So many parents told apart make a state as costly as a minute is worth: what all states of a run weigh together
 *  grows with its length only. */
const PARENTS_PER_SAVE = 10_000

/** Saves the first progress at once, then about once a minute, and the last one at the end. A state is not left to wait
 *  for a full batch of output: it is what the platform goes by. */
export function createCheckpoints({ stream, output, now, ...more }: Checkpointing): Checkpoints {
  const { before = NOTHING_READ, saveEveryMs = SAVE_EVERY_MS } = more
  const startedAt = now()
  let unsaved = 0
  let latest: Progress | undefined
  let saved = before
  let savedAt = Number.NEGATIVE_INFINITY
  let ended = false
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
  return {
    count: records => {
      unsaved += records
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
