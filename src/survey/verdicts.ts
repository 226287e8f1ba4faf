import type { Fact } from './facts/fact.ts'
import { FACTS, type FactId } from './facts.ts'

/** What a survey says of a fact. */
export type Verdict = 'confirmed' | 'contradicted' | 'unknown'

/** A fact as it was found: numbers and words of the survey's own tell how. */
export interface Finding {
  readonly verdict: Verdict
  readonly seen?: Readonly<Record<string, number | string>>
  /** What makes a simulator behave so. */
  readonly fault?: string
}

/** Findings by fact. */
export type Findings = Readonly<Partial<Record<FactId, Finding>>>

const UNKNOWN: Finding = { verdict: 'unknown' }

/** A fact that holds where `holds` is true, does not where it is false, and is not known where it is undefined. */
export function verdictOn(id: FactId, holds: boolean | undefined, seen?: Finding['seen']): Findings {
  const shown = seen === undefined ? {} : { seen }
  if (holds === undefined) return { [id]: { verdict: 'unknown', ...shown } }
  return { [id]: holds ? { verdict: 'confirmed', ...shown } : contradiction(id, undefined, seen) }
}

/** A fact that does not hold, with the argument that the simulator's fault takes to behave alike. */
export function contradiction(id: FactId, argument?: number | string, seen?: Finding['seen']): Finding {
  const fact: Fact | undefined = FACTS.find(one => one.id === id)
  const fault = argument === undefined ? fact?.fault : `${fact?.fault?.split(':')[0]}:${argument}`
  return {
    verdict: 'contradicted',
    ...(seen === undefined ? {} : { seen }),
    ...(fault === undefined ? {} : { fault }),
  }
}

/** All facts, those that nothing was found out about as unknown. */
export function completed(findings: Findings): Record<FactId, Finding> {
  const all = FACTS.map(({ id }) => [id, findings[id] ?? UNKNOWN] as const)
  return Object.fromEntries(all) as Record<FactId, Finding>
}
