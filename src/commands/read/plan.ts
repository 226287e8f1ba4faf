import { type Plan, planJobs } from '../../engine/plan.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import type { JsonObject } from '../../json.ts'
import type { Program } from '../runtime/program.ts'
import { recordSchema } from '../setup/schemas.ts'
import type { ReadInputs } from './inputs.ts'

/** What `read` is going to do. */
export interface ReadPlan {
  readonly jobs: Plan
  readonly find: (stream: string) => StreamDef | undefined
  /** The schema that a stream's records are fitted to. */
  readonly schemaOf: (def: StreamDef) => Promise<JsonObject>
}

/** Plans a job for each selected stream. Makes no request. */
export function planRead({ setup, available, selected, stateOf }: ReadInputs, { log }: Program): ReadPlan {
  return {
    jobs: planJobs(selected, {
      find: available.find,
      problemOf: name => available.custom.problems.get(name),
      stateOf,
      settings: setup.settings,
      warn: log.warn,
    }),
    find: available.find,
    schemaOf: def => recordSchema(def, available, selected.find(({ name }) => name === def.name)?.schema),
  }
}
