import { defined } from '../../optional.ts'
import type { Coverage } from './coverage.ts'
import type { Span } from './spans.ts'

/** What several runs cover together, of which none need know of another's time. Nothing is closed, or free of a second
 *  reading, unless one of them says so; the order of the runs does not matter.
 *
 *  - `closed`: the spans of all runs. Those that touch or overlap stay apart, since each may still owe its tail: how long that
 *    is only a sync knows.
 *  - `readToMs`: of the runs that have the newest span as their own newest one, as far as any of them read.
 *  - `readFromMs`: the latest of the same runs, for what lies before may not have been read.
 *  - `readAtMs`: the earliest, for it must hold of all that is closed; unknown where one of them does not know it.
 *  - `valuedToMs`: the latest, for that interval had a value whoever saw it. */
export function unionOf(runs: readonly Coverage[]): Coverage {
  const known = runs.filter(({ closed }) => closed.length > 0)
  const closed = widest(known.flatMap(run => run.closed))
  const reaching = known.filter(run => isSame(run.closed.at(-1), closed.at(-1)))
  const readAts = known.map(({ readAtMs }) => readAtMs)
  return {
    closed,
    ...defined({
      readToMs: most(
        Math.max,
        reaching.map(({ readToMs }) => readToMs),
      ),
      readFromMs: most(
        Math.max,
        reaching.map(({ readFromMs }) => readFromMs),
      ),
      readAtMs: readAts.includes(undefined) ? undefined : most(Math.min, readAts),
      valuedToMs: most(
        Math.max,
        runs.map(({ valuedToMs }) => valuedToMs),
      ),
    }),
  }
}

/** The spans that lie within no other, oldest first; of equal ones, one. */
function widest(spans: readonly Span[]): Span[] {
  const found: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to))
    if (span.to > (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY)) found.push(span)
  return found
}

function isSame(one: Span | undefined, other: Span | undefined): boolean {
  return one?.from === other?.from && one?.to === other?.to
}

/** The latest or the earliest of the moments that are known. */
function most(pick: (...moments: number[]) => number, moments: readonly (number | undefined)[]) {
  const known = moments.filter(one => one !== undefined)
  return known.length === 0 ? undefined : pick(...known)
}
