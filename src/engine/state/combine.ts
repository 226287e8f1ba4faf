import { defined } from '../../optional.ts'
import type { RouteFacts } from '../evidence/route-facts.ts'
import type { Shortage } from '../evidence/shortages.ts'
import { type Coverage, NO_COVERAGE } from '../time/coverage.ts'
import { unionOf } from '../time/union.ts'
import { gather } from './gather.ts'
import { hashOf, type Progress } from './progress.ts'

/** The progress that runs over different times have made together. */
export function combine(runs: readonly Progress[]): Progress {
  const coverage = coverageOf(runs)
  const shortages = newestShortages(runs)
  return {
    ...coverage,
    cursorMs: cursorOf(coverage),
    finished: runs.every(({ finished }) => finished),
    ...defined({ hadParents: runs.find(({ hadParents }) => hadParents)?.hadParents }),
    ...parentlessOf(runs),
    ...(shortages.length === 0 ? {} : { shortages }),
    routes: routesOf(runs),
    ...defined({ proven: provenBy(runs), madeFor: runs[0]?.madeFor }),
  }
}

/** The end of what is closed without a gap from the oldest moment on. */
function cursorOf({ closed }: Coverage): number | undefined {
  return closed.reduce<number | undefined>(
    (end, { from, to }) => (end === undefined || from <= end ? Math.max(to, end ?? to) : end),
    undefined,
  )
}

function coverageOf(runs: readonly Progress[]): Coverage & Pick<Progress, 'parents' | 'hashed'> {
  if (runs.every(({ parents }) => parents === undefined)) return unionOf(runs)
  const isHashed = runs.some(({ hashed }) => hashed)
  const each = runs.map(run => coverageByName(run, isHashed))
  const names = new Set(each.flatMap(({ names }) => [...names]))
  const merged = [...names].map(name => [name, unionOf(each.map(({ of }) => of(name)))] as const)
  const { common, parents } = gather(new Map(merged))
  return { ...common, parents, ...(isHashed ? { hashed: true } : {}) }
}

/** What a run covers of each parent, under the names that all runs share. */
function coverageByName(run: Progress, isHashed: boolean) {
  const { parents, hashed } = run
  const nameOf = (name: string) => (isHashed && hashed !== true ? hashOf(name) : name)
  const byName = new Map([...(parents ?? [])].map(([name, one]) => [nameOf(name), one]))
  return {
    names: byName.keys(),
    /** A run that tells no parents apart covers the same of each. */
    of(name: string): Coverage {
      const own = parents === undefined ? 'all' : byName.get(name)
      return own === 'all' ? run : (own ?? NO_COVERAGE)
    },
  }
}

/** Since when no run has seen a parent, where they all had some before. */
function parentlessOf(runs: readonly Progress[]): Pick<Progress, 'parentlessMs'> {
  const moments = runs.map(({ parentlessMs }) => parentlessMs).filter(one => one !== undefined)
  return moments.length < runs.length ? {} : { parentlessMs: Math.max(...moments) }
}

/** Of a slice that several runs found short, what the last of them found. */
function newestShortages(runs: readonly Progress[]): readonly Shortage[] {
  const found = runs.flatMap(({ shortages = [] }) => shortages).toSorted((a, b) => a.sinceMs - b.sinceMs)
  return [
    ...new Map(
      found.map(one => [JSON.stringify([one.of, one.parent, one.window?.from, one.window?.to]), one]),
    ).values(),
  ]
}

/** What one of the runs has proven; undefined where none says. */
function provenBy(runs: readonly Progress[]): Progress['proven'] {
  const known = runs.flatMap(({ proven = [] }) => proven)
  return runs.every(({ proven }) => proven === undefined) ? undefined : [...new Set(known)]
}

/** What the runs know of the API's routes, as one that had seen all of it would. */
function routesOf(runs: readonly Progress[]): ReadonlyMap<string, RouteFacts> {
  const known = runs.flatMap(({ routes }) => [...(routes ?? [])])
  const byPath = Map.groupBy(known, ([path]) => path)
  return new Map([...byPath].map(([path, all]) => [path, all.map(([, facts]) => facts).reduce(both)]))
}

function both(one: RouteFacts, other: RouteFacts): RouteFacts {
  const surpluses = new Set([one.surplus, other.surplus].filter(surplus => surplus !== 0))
  const [surplus = 0] = surpluses
  return {
    fullest: Math.max(one.fullest, other.fullest),
    probes: Math.max(one.probes, other.probes),
    surplus: surpluses.size > 1 ? 'all' : surplus,
    marginMs: Math.max(one.marginMs, other.marginMs),
  }
}
