import { ProtocolError, parseConfiguredCatalog, parseState } from '@airbyte-protocol/types/validate'
import type { Emitter } from '../engine/emit.ts'
import { planJobs, type Selected } from '../engine/plan.ts'
import { compileForm } from '../engine/records/compile.ts'
import { type Run, runPlan } from '../engine/run.ts'
import { configError } from '../errors.ts'
import { createMemories, guarded } from '../http/memory-guard.ts'
import { type OnWait, PATIENT } from '../http/retry/retry.ts'
import type { Call } from '../http/types.ts'
import { isObject, type JsonObject } from '../json.ts'
import { readJsonFile } from '../protocol/input.ts'
import type { Status } from '../protocol/status.ts'
import { keepHeapSmall } from './runtime/heap.ts'
import type { Command, Program } from './runtime/program.ts'
import { createProgress } from './runtime/progress.ts'
import { isFiltered, openStreams } from './setup/available-streams.ts'
import { recordSchema } from './setup/schemas.ts'
import { openCall, readSetup, toEngine } from './setup/setup.ts'

/** The files that `read` is given. */
export interface ReadPaths {
  readonly config: string
  readonly catalog: string
  readonly state: string | undefined
}

/** Reads the selected streams. Exit code 0 only when every one of them finished. */
export function readCommand(paths: ReadPaths): Command {
  return async program => {
    keepHeapSmall()
    const setup = await readSetup(paths.config, program)
    const selected = await readCatalog(paths.catalog)
    const states = await readStates(paths.state, selected, program)
    const running = new Map<string, Running>()
    const { call, requestsOf } = counted(openCall(setup, program, PATIENT, waits(running, program)))
    const { settings } = setup
    const available = await openStreams(setup, program)
    const { find } = available
    const schemaOf = (name: string) => selected.find(one => one.name === name)?.schema
    const engine = toEngine(setup, program, guarded(call, createMemories()))
    const progress = createProgress(process.stderr)
    const finished = await runPlan(
      planJobs(selected, {
        find,
        problemOf: name => available.custom.problems.get(name),
        stateOf: states,
        settings,
        warn: program.log.warn,
      }),
      {
        engine,
        find,
        output: program.output,
        mask: program.mask,
        now: program.clock.now,
        formOf: async def =>
          compileForm(def, await recordSchema(def, available, schemaOf(def.name)), isFiltered(def, settings)),
        stop: program.stop,
        ...saveEvery(process.env['SOURCE_BABELFORCE_SAVE_EVERY_MS']),
        requestsOf,
        onStart: (stream, status, emitter) => {
          running.set(stream, { status, emitter })
          progress.watch(stream, emitter.records)
        },
      },
    )
    progress.end()
    return finished ? 0 : 1
  }
}

/** Counts the requests of each stream. */
function counted(call: Call): { readonly call: Call; readonly requestsOf: (stream: string) => number } {
  const counts = new Map<string, number>()
  return {
    requestsOf: stream => counts.get(stream) ?? 0,
    call(request, read) {
      const stream = request.stream ?? ''
      counts.set(stream, (counts.get(stream) ?? 0) + 1)
      return call(request, read)
    },
  }
}

/** A stream as the catalog selects it, with the schema that discover once told. */
interface Chosen extends Selected {
  readonly schema: JsonObject
}

async function readCatalog(path: string): Promise<readonly Chosen[]> {
  const catalog = understood(parseConfiguredCatalog, await readJsonFile(path, 'catalog'))
  return catalog.streams.map(({ stream, sync_mode }) => ({
    name: stream.name,
    mode: sync_mode,
    schema: stream.json_schema as JsonObject,
  }))
}

/** The saved state of each stream; states of streams that are not selected are of no use, and said once. */
async function readStates(
  path: string | undefined,
  selected: readonly Selected[],
  { log }: Program,
): Promise<(stream: string) => JsonObject | undefined> {
  const messages = path === undefined ? [] : understood(parseState, await readJsonFile(path, 'state'))
  const states = new Map<string, JsonObject>()
  for (const { stream, data } of messages) {
    if (stream !== undefined)
      states.set(stream.stream_descriptor.name, (stream.stream_state ?? {}) as JsonObject)
    else for (const [name, state] of Object.entries(data ?? {})) if (isObject(state)) states.set(name, state)
  }
  const unused = [...states.keys()].filter(name => !selected.some(one => one.name === name))
  if (unused.length > 0) log.info(`The state also holds streams that are not selected: ${unused.join(', ')}.`)
  return stream => states.get(stream)
}

/** Parses what the platform hands in; what is wrong with it is for the user to mend. */
function understood<T>(parse: (value: unknown) => T, value: unknown): T {
  try {
    return parse(value)
  } catch (error) {
    if (error instanceof ProtocolError) throw configError(error.message)
    throw error
  }
}

interface Running {
  readonly status: Status
  readonly emitter: Emitter
}

/** Logs every wait, says of a stream that the API makes it wait, and lets all show that they are alive: a limit holds back
 *  every stream. */
function waits(running: ReadonlyMap<string, Running>, { clock, log }: Program): OnWait {
  return (request, { ms, error }) => {
    log.info(`Waiting ${Math.ceil(ms / 1000)} s before asking again: ${error.message}`)
    if (error.status === 429) running.get(request.stream ?? '')?.status.limited(clock.now() + ms)
    for (const { emitter } of running.values()) emitter.onWaiting()
  }
}

/** How often progress is saved, where the environment says so: tests save after every step. */
function saveEvery(text: string | undefined): Pick<Run, 'saveEveryMs'> {
  const ms = Number(text ?? Number.NaN)
  return ms >= 0 ? { saveEveryMs: ms } : {}
}
