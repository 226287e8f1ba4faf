import type { Selected } from '../../engine/plan.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import type { JsonObject } from '../../json.ts'
import { defined } from '../../optional.ts'
import type { Program } from '../runtime/program.ts'
import type { AvailableStreams } from '../setup/available-streams.ts'
import { createSampler } from '../setup/sampler.ts'
import { discoverSchema } from '../setup/schemas.ts'
import type { NamedStream, SelectedStream } from '../setup/select-streams.ts'
import type { Setup } from '../setup/setup.ts'
import { duckColumns, withDistinctColumns } from './folder/columns.ts'
import type { ManifestStream, OpenManifest } from './folder/manifest.ts'
import type { OpenStates } from './folder/states.ts'
import type { WrittenStream } from './write/stream-writer.ts'

/** What a sync is going to read. */
export interface Selection {
  readonly setup: Setup
  readonly available: AvailableStreams
  readonly selected: readonly NamedStream[]
}

/** Enters the selected streams into the manifest, each with its schema. A custom stream whose schema was inferred from a
 *  sample keeps it for as long as it has files. */
export async function register(
  { setup, available, selected }: Selection,
  manifest: OpenManifest,
  program: Program,
): Promise<readonly SelectedStream[]> {
  const sample = createSampler(setup, program, available)
  const found = await Promise.all(
    selected.map(async stream => {
      const isInferred = isWithoutSchema(stream.def, available)
      const before = isInferred ? inferredBefore(manifest.content().streams[stream.name]) : undefined
      const schema = before ?? (await discoverSchema(stream.def, { available, sample, log: program.log }))
      return { ...stream, isInferred, schema: withDistinctColumns(schema, fieldsThatCount(stream.def)) }
    }),
  )
  return found.map(({ def, isInferred, ...stream }) => {
    manifest.change(stream.name, before => entryFor(def, stream, isInferred, before))
    return stream
  })
}

/** What the manifest says of a stream before it is read. */
function entryFor(
  def: StreamDef,
  { mode, schema }: SelectedStream,
  isInferred: boolean,
  before: ManifestStream | undefined,
): ManifestStream {
  return {
    ...defined({ last_sync: before?.last_sync, schema: isInferred ? schema : undefined }),
    mode: modeOf(def, mode),
    primary_key: def.primaryKey,
    columns: duckColumns(schema),
    files: before?.files ?? [],
  }
}

/** The fields without which a stream cannot be read: those of its key, and its cursor. */
function fieldsThatCount({ primaryKey, incremental }: StreamDef): readonly string[] {
  return [...primaryKey, ...(incremental === undefined ? [] : [incremental.field])]
}

/** Whether a stream's columns are inferred from a sample, because the config does not name them. */
function isWithoutSchema({ name }: StreamDef, { findCustom }: AvailableStreams): boolean {
  const custom = findCustom(name)
  return custom !== undefined && custom.schema === undefined
}

/** How the records of a stream are written. */
export function writtenAs({ name, mode, def }: NamedStream): WrittenStream {
  return { name, isCounted: mode === 'incremental', mode: modeOf(def, mode) }
}

/** The state that a stream is read from. A stream that is read whole starts over, even if the last sync was cut short, since one file
 *  holds all of it; what is known about the API is kept. */
export function startingState(states: OpenStates, { name, mode }: Selected): JsonObject | undefined {
  const state = states.of(name)?.state
  if (state === undefined || mode === 'incremental') return state
  const { version, routes, short } = state
  return version === undefined ? undefined : defined({ version, routes, short })
}

/** Streams that are read whole replace what is there, except those whose records describe the moment of the request. */
function modeOf(def: StreamDef, mode: Selected['mode']): ManifestStream['mode'] {
  const isOfMoment = def.primaryKey.includes('queried_at') || def.routes[0].once === true
  return mode === 'incremental' || isOfMoment ? 'append' : 'replace'
}

function inferredBefore(before: ManifestStream | undefined): JsonObject | undefined {
  return before === undefined || before.files.length === 0 ? undefined : before.schema
}
