import { hash } from 'node:crypto'
import { defined } from '../../optional.ts'
import type { RouteFacts } from '../evidence/route-facts.ts'
import type { Shortage } from '../evidence/shortages.ts'
import type { Coverage } from '../time/coverage.ts'
import type { Fingerprint } from './fingerprint.ts'

/** How far a stream has come, in memory. docs/state.md describes the same as it is saved. */
export interface Progress extends Coverage {
  /** Everything up to here was read at least once; undefined before the first time. Never moves back. */
  readonly cursorMs: number | undefined
  /** A full refresh that came to its end: the next one starts over. */
  readonly finished: boolean
  /** What is covered of each parent, by id. Undefined where parents are not told apart. */
  readonly parents?: ReadonlyMap<string, ParentCoverage>
  /** The keys of `parents` are hashes of the ids. */
  readonly hashed?: true
  /** There were parents at the last sync. */
  readonly hadParents?: true
  /** Since when the list of parents has been empty, though it was not before. */
  readonly parentlessMs?: number
  /** Slices that are short of their own count. */
  readonly shortages?: readonly Shortage[]
  /** What is known of its routes, by path. */
  readonly routes?: ReadonlyMap<string, RouteFacts>
  /** The parts of a person's description that answers have shown to be right. */
  readonly proven?: readonly string[]
  /** What made this progress; undefined where an older version did not say. */
  readonly madeFor?: Fingerprint
}

/** What is covered of a parent: `all` stands for the same as of its stream. */
export type ParentCoverage = Coverage | 'all'

/** The progress of a stream that was never read. */
export const NOTHING_READ: Progress = { cursorMs: undefined, closed: [], finished: false }

/** The progress with another coverage: the cursor follows the end of the oldest closed span, and never moves back. */
export function advanced(before: Progress, coverage: Coverage, finished = false): Progress {
  const { closed, readToMs, readAtMs, valuedToMs, readFromMs } = coverage
  const moments = { readToMs, readAtMs, valuedToMs, readFromMs }
  const { readToMs: _, readAtMs: __, valuedToMs: ___, readFromMs: ____, ...rest } = before
  const reached = closed[0]?.to
  const cursorMs = reached === undefined ? before.cursorMs : Math.max(reached, before.cursorMs ?? reached)
  return { ...rest, ...defined(moments), cursorMs, closed, finished }
}

/** How many letters of base64 a hash has: 48 bits. Of 50,000 accounts with 100,000 parents, one has two of the same. */
export const HASH_LENGTH = 8

/** What stands for a parent's id where there are too many of them to name each. */
export function hashOf(id: string): string {
  return hash('sha256', id, 'base64').slice(0, HASH_LENGTH)
}
