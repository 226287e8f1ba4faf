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
  const known = plan.flatMap(({ job }) => (job instanceof Error ? [] : [job.progress]))
  const shared = shareOf(run.engine, run.find, known)
  const verdict = createVerdict(run)
  await concurrently(plan, run.engine.settings.concurrency, async ({ name, job }) => {
    const status = createStatus(run.output, name, run.now)
    status.started()
    const error = job instanceof Error ? job : await runJob(job, status, run, shared)
    if (error !== undefined) verdict.failed(error, name)
    if (error === undefined) status.complete()
    else status.incomplete()
  })
  return verdict.end()
}

/** Says what failed, each error in its turn. */
function createVerdict({ output, mask, now, stop }: Run) {
  const held: { error: ConnectorError; stream: string }[] = []
  let fatal: ConnectorError | undefined
  let isWhole = true
  return {
    failed(error: ConnectorError, stream: string): void {
      isWhole = false
      if (fatal !== undefined) return
      if (error.scope === 'run') {
        fatal = error
        stop()
      } else if (error.failure === 'config_error') held.push({ error, stream })
      else output.send(errorMessage(error, mask, now(), stream))
    },
    /** Says what was left for the end. True when nothing failed. */
    end(): boolean {
      for (const { error, stream } of held) output.send(errorMessage(error, mask, now(), stream))
      if (fatal !== undefined) output.send(errorMessage(fatal, mask, now()))
      return isWhole
    },
  }
}

async function runJob(
  job: Job,
  status: Status,
  run: Run,
  shared: Shared,
): Promise<ConnectorError | undefined> {
  const stream = job.def.name
  const startedAt = run.now()
  let emitter: Emitter | undefined
  try {
    const compiled = await run.compile(job.def)
    emitter = emitterFor(job, status, run, compiled)
    run.onStart(stream, status, emitter)
    const { tally, error } = await readStream(job, compiled, shared, emitter)
    report(stream, emitter, tally, costOf(stream, startedAt, run), run.engine)
    return tally.refused > 0 ? refusedKeys(job.def, tally.refused) : error
  } catch (error) {
    return asConnectorError(error)
  } finally {
    emitter?.end()
  }
}

function emitterFor({ def, progress }: Job, status: Status, run: Run, { fit }: CompiledStream): Emitter {
  const { output, now } = run
  return createEmitter({ stream: def.name, output, status, now, fit, before: progress, ...paceOf(run) })
}

function costOf(stream: string, startedAt: number, { requestsOf, mostInFlight, now }: Run): string {
  const seconds = ((now() - startedAt) / 1000).toFixed(1)
  return `${counted(requestsOf(stream), 'request')}, up to ${mostInFlight()} at a time, ${seconds} s`
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
