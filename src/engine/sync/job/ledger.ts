import { defined } from '../../../optional.ts'
import { gather } from '../../state/gather.ts'
import { hashOf, type ParentCoverage, type Progress } from '../../state/progress.ts'
import { partitionId, type Slice } from '../../stream/context.ts'
import { type Coverage, NO_COVERAGE } from '../../time/coverage.ts'

/** What is covered of each partition of a stream, under the name that its state has for it; or of the stream, where it is not
 *  told apart. */
export interface Ledger {
  /** Tells these partitions apart from now on. Those that went away are forgotten, unless their list is not known whole. */
  partition(slices: readonly Slice[], isWhole: boolean): void
  nameOf(slice: Slice): string
  coverageOf(name: string): Coverage
  put(name: string, coverage: Coverage): void
  /** What is covered of the stream as such. */
  common(): Coverage
  /** What a progress says of partitions. */
  parents(): Pick<Progress, 'parents' | 'hashed'>
  /** What most partitions have in common becomes the stream's own; the others keep what they have. */
  gather(): void
}

/** Parents that a state names by their ids; more of them are named by hashes. */
const MOST_NAMED = 1000

/** The ledger of a stream that goes on from this progress. */
export function createLedger(before: Progress): Ledger {
  let common: Coverage = before
  let apart: Apart | undefined
  return {
    nameOf: slice => nameOf(slice, apart?.isHashed ?? false),
    common: () => common,
    partition(slices, isWhole) {
      apart = toldApart(before, slices, isWhole)
    },
    coverageOf(name) {
      if (apart === undefined) return common
      const own = apart.parents.get(name)
      return own === 'all' ? before : (own ?? NO_COVERAGE)
    },
    put(name, coverage) {
      if (apart === undefined) common = coverage
      else apart.parents.set(name, coverage)
    },
    // Where the list of parents could not be had, what was known of each is known still.
    parents: () => (apart === undefined ? parentsIn(before) : parentsOf(apart)),
    gather() {
      if (apart !== undefined) ({ common, parents: apart.parents } = gather(apart.parents, common))
    },
  }
}

/** What is covered of each partition, under its name. */
interface Apart {
  parents: Map<string, ParentCoverage>
  /** Whether the names are hashes. */
  readonly isHashed: boolean
}

/** These partitions, with what a progress knows of them; and others that it knows, where the list may not be whole. */
function toldApart(before: Progress, slices: readonly Slice[], isWhole: boolean): Apart {
  const isHashed = slices.length > MOST_NAMED
  const parents = new Map(!isWhole && (before.hashed ?? false) === isHashed ? before.parents : [])
  for (const slice of slices) {
    const own = knownOf(before, slice)
    if (own !== undefined) parents.set(nameOf(slice, isHashed), own)
  }
  return { parents, isHashed }
}

function nameOf(slice: Slice, isHashed: boolean): string {
  return isHashed ? hashOf(partitionId(slice)) : partitionId(slice)
}

/** What a progress knows of a partition. Where it tells no parents apart, all share what the stream has. */
function knownOf({ parents, hashed, closed }: Progress, slice: Slice): ParentCoverage | undefined {
  if (parents !== undefined) return parents.get(nameOf(slice, hashed ?? false))
  return closed.length === 0 ? undefined : 'all'
}

function parentsIn({ parents, hashed }: Progress): Pick<Progress, 'parents' | 'hashed'> {
  return defined({ parents, hashed })
}

function parentsOf({ parents, isHashed }: Apart): Pick<Progress, 'parents' | 'hashed'> {
  return isHashed ? { parents, hashed: true } : { parents }
}
