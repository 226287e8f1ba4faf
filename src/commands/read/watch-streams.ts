import { SECOND_MS } from '../../durations.ts'
import type { Emitter } from '../../engine/emit.ts'
import type { Run } from '../../engine/run.ts'
import type { OnWait } from '../../http/retry/patience.ts'
import type { Status } from '../../protocol/status.ts'
import type { Program } from '../runtime/program.ts'
import type { Watching } from '../runtime/run-watch.ts'

/** What a run reports about its streams, and its call about waiting. */
interface Watch {
  readonly onStart: Run['onStart']
  readonly onWait: OnWait
}

/** Watches the streams of a run. Progress shows each that has started. A wait is logged; a stream that hits a rate limit says
 *  so in its status; and every stream shows that it is alive, since a limit holds all of them back. */
export function watchStreams(
  { clock, log, mask, watch }: Pick<Program, 'clock' | 'log' | 'mask'> & { readonly watch: Watching },
  requestsOf: (stream: string) => number,
): Watch {
  const started = new Map<string, { readonly status: Status; readonly emitter: Emitter }>()
  return {
    onStart(name, status, emitter) {
      started.set(name, { status, emitter })
      watch.watch(name, { records: emitter.records, requests: () => requestsOf(name) })
    },
    onWait({ stream = '' }, { ms, error }) {
      log.info(`Waiting ${Math.ceil(ms / SECOND_MS)} s before trying again: ${error.message}`)
      watch.wait(ms, mask(error.message))
      if (error.status === 429) started.get(stream)?.status.limited(clock.now() + ms)
      for (const { emitter } of started.values()) emitter.onWaiting()
    },
  }
}
