import type { Mutant } from './build.ts'
import { endsMutants } from './ends.ts'
import { partsMutants } from './parts.ts'
import { timeMutants } from './time.ts'

/** A bug for each rule by which time is closed (see docs/reliability.md), and what of a case is set so that it can show. */
export const mutants: readonly Mutant[] = [...endsMutants, ...timeMutants, ...partsMutants]
