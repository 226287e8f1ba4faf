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
  let held: Held = { saved: before, latest: undefined, unsaved: 0, savedAt: Number.NEGATIVE_INFINITY }
  let ended = false
  const save = (progress: Progress) => {
    output.send(stateMessage(stream, writeProgress(progress), held.unsaved))
    void output.flush()
    held = { saved: progress, latest: undefined, unsaved: 0, savedAt: now() }
  }
  const isDue = (progress: Progress, since: number) => now() - since >= pauseMs(progress, saveEveryMs)
  return {
    count: records => {
      held.unsaved += records
    },
    onProgress(progress) {
      held.latest = progress
      if (isDue(progress, held.savedAt)) save(progress)
    },
    onWaiting() {
      if (ended) return
      const { latest, saved, savedAt } = held
      const last = latest ?? saved
      if (isDue(last, Math.max(savedAt, startedAt))) save(last)
      void output.flush()
    },
    end() {
      if (held.latest !== undefined) save(held.latest)
      ended = true
    },
  }
}

/** What was saved last, and what came since. */
interface Held {
  readonly saved: Progress
  readonly savedAt: number
  /** The latest progress, where it was not saved yet. */
  latest: Progress | undefined
  /** How many records were handed on. */
  unsaved: number
}

/** How long a state like this one waits at least, after the one before. */
function pauseMs({ parents = new Map() }: Progress, saveEveryMs: number): number {
  return saveEveryMs * Math.max(1, parents.size / PARENTS_PER_SAVE)
}
