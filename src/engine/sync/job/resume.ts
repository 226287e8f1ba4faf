import { DAY_MS } from '../../../durations.ts'
import { defined } from '../../../optional.ts'
import { differences, fingerprintOf } from '../../state/fingerprint.ts'
import { NOTHING_READ, type ParentCoverage, type Progress } from '../../state/progress.ts'
import type { Engine } from '../../stream/context.ts'
import type { Coverage } from '../../time/coverage.ts'
import type { Job } from './job.ts'

/** How far a state may be ahead of the API's clock and still be that of a machine whose clock was wrong once. */
const AHEAD_MS = 30 * DAY_MS

/** What a sync goes on from: nothing, where a full refresh came to its end, or where the state was made by another config; a
 *  state that is ahead of the API's clock is cut back. Undefined where it is so far ahead that nothing is to be read. */
export function resumeFrom({ def, mode, progress }: Job, engine: Engine): Progress | undefined {
  const madeFor = fingerprintOf(def, mode, engine.settings)
  const changed = differences(progress.madeFor, madeFor)
  if (changed.length > 0) {
    engine.log.info(
      `${def.name}: read from the start, since what its state was made for has changed: ${changed.join(', ')}.`,
    )
    // What a description proved says nothing of another one.
    return { ...startedOver(def.mistakes === undefined ? progress : NOTHING_READ), madeFor }
  }
  if (mode === 'full_refresh' && progress.finished) return { ...startedOver(progress), madeFor }
  const nowMs = engine.apiNow()
  const aheadMs = newestOf(progress) - nowMs
  if (aheadMs > AHEAD_MS) {
    engine.log.warn(
      `${def.name}: its state is more than 30 days ahead of the API's clock, so there is nothing to read. If that is a ` +
        'mistake, reset the stream.',
    )
    return undefined
  }
  return { ...(aheadMs > 0 ? cutBack(def.name, progress, nowMs - AHEAD_MS, engine) : progress), madeFor }
}

/** Nothing is read, but what is known of the API is known. */
function startedOver({ routes, proven, shortages }: Progress): Progress {
  return {
    ...NOTHING_READ,
    ...defined({ routes, proven, shortages }),
  }
}

/** The latest moment that a progress speaks of. */
function newestOf({ cursorMs, closed, readToMs }: Progress): number {
  return Math.max(...[cursorMs, readToMs, ...closed.map(({ to }) => to)].filter(ms => ms !== undefined))
}

function cutBack(stream: string, progress: Progress, toMs: number, { log }: Engine): Progress {
  log.warn(
    `${stream}: its state is ahead of the API's clock, as that of a machine whose clock was wrong is. The last 30 days are read ` +
      'again.',
  )
  const { parents } = progress
  return {
    ...progress,
    ...cut(progress, toMs),
    cursorMs: Math.min(progress.cursorMs ?? toMs, toMs),
    ...(parents === undefined
      ? {}
      : { parents: new Map([...parents].map(([id, one]) => [id, cutParent(one, toMs)])) }),
  }
}

function cutParent(coverage: ParentCoverage, toMs: number): ParentCoverage {
  return coverage === 'all' ? coverage : cut(coverage, toMs)
}

function cut({ closed, valuedToMs }: Coverage, toMs: number): Coverage {
  const kept = closed
    .map(({ from, to }) => ({ from, to: Math.min(to, toMs) }))
    .filter(({ from, to }) => to > from)
  return {
    closed: kept,
    readToMs: undefined,
    readAtMs: undefined,
    valuedToMs: valuedToMs === undefined ? undefined : Math.min(valuedToMs, toMs),
  }
}
