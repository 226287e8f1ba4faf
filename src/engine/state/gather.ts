import { type Coverage, NO_COVERAGE } from '../time/coverage.ts'
import type { ParentCoverage } from './progress.ts'

/** What is covered of a stream, and of each of its parents by name. */
export interface Gathered {
  readonly common: Coverage
  readonly parents: Map<string, ParentCoverage>
}

/** What most parents have in common becomes the stream's own, and `all` stands for it; the others keep what they have.
 *  `before` is what `all` stood for until now. */
export function gather(
  parents: ReadonlyMap<string, ParentCoverage>,
  before: Coverage = NO_COVERAGE,
): Gathered {
  const groups = Map.groupBy(parents, ([, coverage]) => JSON.stringify(coverage))
  const [largest = []] = [...groups.values()].sort((a, b) => b.length - a.length)
  const shared = largest[0]?.[1] ?? 'all'
  const text = JSON.stringify(shared)
  const told = [...parents].map(([name, one]): [string, ParentCoverage] => {
    if (JSON.stringify(one) === text) return [name, 'all']
    return [name, one === 'all' ? before : one]
  })
  return { common: shared === 'all' ? before : shared, parents: new Map(told) }
}
