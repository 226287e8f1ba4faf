import { type ConnectorError, configError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { readProgress } from './state/read.ts'
import type { SyncSettings } from './stream/context.ts'
import type { StreamDef } from './stream/definition.ts'
import type { Job } from './sync/job/job.ts'

/** A stream that the user selected. */
export interface Selected {
  readonly name: string
  readonly mode: 'full_refresh' | 'incremental'
}

/** A job for each selected stream, or the reason why there is none. */
export type Plan = readonly { readonly name: string; readonly job: Job | ConnectorError }[]

/** What a plan is made from. */
export interface Planning {
  readonly find: (name: string) => StreamDef | undefined
  /** Why a stream of the config is none, where it is not right. */
  readonly problemOf?: (name: string) => string | undefined
  readonly stateOf: (name: string) => JsonObject | undefined
  readonly settings: SyncSettings
  readonly warn: (text: string) => void
}

/** What is to be read, in the catalog's order. A stream that cannot be planned does not keep the others from running; one
 *  that cannot be read incrementally is read whole, as Airbyte's own sources do: some clients ask for nothing else. */
export function planJobs(selected: readonly Selected[], planning: Planning): Plan {
  const { find, stateOf, settings, warn, problemOf } = planning
  return selected.map(({ name, mode: asked }) => {
    const def = find(name)
    const problem = problemOf?.(name)
    if (problem !== undefined) return { name, job: configError(problem) }
    if (def === undefined || def.hidden === true) return { name, job: unknownStream(name) }
    const mode = canIncrement(def, settings) ? asked : 'full_refresh'
    if (mode !== asked) warn(`${name}: ${NOT_INCREMENTAL}`)
    try {
      return {
        name,
        job: {
          def,
          mode,
          progress: readProgress(name, stateOf(name), {
            cursorField: def.incremental?.field,
            startMs: settings.startMs,
          }),
        },
      }
    } catch (error) {
      return { name, job: error as ConnectorError }
    }
  })
}

const NOT_INCREMENTAL =
  'the catalog asks for it incrementally, but the API offers no time to go by, so it is read whole.'

/** Whether a stream can be read incrementally with these settings: aggregates of the whole time cannot. */
export function canIncrement(
  { incremental }: StreamDef,
  settings: Pick<SyncSettings, 'intervalMs'>,
): boolean {
  if (incremental === undefined) return false
  return (
    incremental.strategy !== 'intervals' ||
    incremental.length !== 'configured' ||
    settings.intervalMs !== undefined
  )
}

function unknownStream(name: string): ConnectorError {
  return configError(
    `The catalog selects a stream "${name}" that this connector does not have. Refresh the connection's schema, or deselect the stream.`,
  )
}
