import { concurrently } from '../concurrency.ts'
import { counted } from '../counted.ts'
import { asConnectorError, type ConnectorError, configError, systemError } from '../errors.ts'
import { errorMessage, type Mask } from '../protocol/messages.ts'
import type { Output } from '../protocol/output.ts'
import { createStatus, type Status } from '../protocol/status.ts'
import { createEmitter, type Emitter } from './emit.ts'
import type { Plan } from './plan.ts'
import type { CompiledStream } from './records/compile.ts'
import { leftOut, type Tally } from './records/tally.ts'
import type { Engine } from './stream/context.ts'
import type { StreamDef } from './stream/definition.ts'
import type { Job } from './sync/job/job.ts'
import { readStream, type Shared, shareOf } from './sync/strategy.ts'

/** What a run needs beside the engine. */
export interface Run {
  readonly engine: Engine
  readonly find: (name: string) => StreamDef | undefined
  readonly output: Output
  readonly mask: Mask
  readonly now: () => number
  readonly compile: (def: StreamDef) => Promise<CompiledStream>
  /** Stops every stream: called when nothing can succeed any more. */
  readonly stop: () => void
  /** Called for each stream when it starts: for rate limits and for progress shown to people. */
  readonly onStart: (stream: string, status: Status, emitter: Emitter) => void
  /** How often progress is saved; about once a minute where it is left out. */
  readonly saveEveryMs?: number
  /** How many requests a stream has made. */
  readonly requestsOf: (stream: string) => number
  /** How many requests of all streams have been in flight at most. */
  readonly mostInFlight: () => number
}

/** Runs all jobs, as many side by side as requests may be, and says how each ended. One bad stream does not stop the
 *  others. True when every stream finished. What the user must fix is said last: the platform takes the first error
 *  for the verdict on whether to try again. */
export async function runPlan(plan: Plan, run: Run): Promise<boolean> {
  const held: { error: ConnectorError; stream: string }[] = []
  let fatal: ConnectorError | undefined
  let finished = true
  const known = plan.flatMap(({ job }) => (job instanceof Error ? [] : [job.progress]))
  const shared = shareOf(run.engine, run.find, known)
  const fail = (error: ConnectorError, stream: string) => {
    finished = false
    if (fatal !== undefined) return
    if (error.scope === 'run') {
      fatal = error
      run.stop()
    } else if (error.failure === 'config_error') held.push({ error, stream })
    else run.output.send(errorMessage(error, run.mask, run.now(), stream))
  }
  await concurrently(plan, run.engine.settings.concurrency, async ({ name, job }) => {
    const status = createStatus(run.output, name, run.now)
    status.started()
    const error = job instanceof Error ? job : await runJob(job, status, run, shared)
    if (error !== undefined) fail(error, name)
    if (error === undefined) status.complete()
    else status.incomplete()
  })
  for (const { error, stream } of held) run.output.send(errorMessage(error, run.mask, run.now(), stream))
  if (fatal !== undefined) run.output.send(errorMessage(fatal, run.mask, run.now()))
  return finished
}

async function runJob(
  job: Job,
  status: Status,
  run: Run,
  shared: Shared,
): Promise<ConnectorError | undefined> {
  const { engine, output, now } = run
  const stream = job.def.name
  const startedAt = now()
  let emitter: Emitter | undefined
  try {
    const compiled = await run.compile(job.def)
    emitter = createEmitter({
      stream,
      output,
      status,
      now,
      fit: compiled.fit,
      before: job.progress,
      ...paceOf(run),
    })
    run.onStart(stream, status, emitter)
    const { tally, error } = await readStream(job, compiled, shared, emitter)
    const cost = `${counted(run.requestsOf(stream), 'request')}, up to ${run.mostInFlight()} at a time, ${((now() - startedAt) / 1000).toFixed(1)} s`
    report(stream, emitter, tally, cost, engine)
    return tally.refused > 0 ? refusedKeys(job.def, tally.refused) : error
  } catch (error) {
    return asConnectorError(error)
  } finally {
    emitter?.end()
  }
}

function paceOf({ saveEveryMs }: Run): Pick<Run, 'saveEveryMs'> {
  return saveEveryMs === undefined ? {} : { saveEveryMs }
}

function report(stream: string, emitter: Emitter, tally: Tally, cost: string, { log }: Engine): void {
  const words = leftOut(tally)
  const say = tally.unusable + tally.refused > 0 ? log.warn : log.info
  say(
    `${stream}: ${counted(emitter.records(), 'record')} in ${cost}${words.length === 0 ? '' : `; ${words.join('; ')}`}.`,
  )
  for (const [column, count] of emitter.misfits) {
    log.warn(
      `${stream}: ${counted(count, 'value')} of ${column} ${count === 1 ? 'does not fit its column; it is' : 'do not fit their column; they are'} in additional_fields.`,
    )
  }
}

/** Everything else was read and saved, but the stream is not complete without them. */
function refusedKeys({ name, primaryKey, routes: [route] }: StreamDef, count: number): ConnectorError {
  const what = `${count} ${count === 1 ? 'record' : 'records'} of ${name} were not emitted: the key (${primaryKey.join(', ')}) holds a kind of value that does not fit its column.`
  return route.source === 'custom'
    ? configError(`${what} Choose another primary_key, or change its column in json_schema.`)
    : systemError(`${what} The API may have changed; please report this.`)
}
