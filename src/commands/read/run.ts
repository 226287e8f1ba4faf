import { compileStream } from '../../engine/records/compile.ts'
import { runPlan } from '../../engine/run.ts'
import type { Progress } from '../../engine/state/progress.ts'
import { countRequests, guardMemory } from '../../http/call-layers.ts'
import { createMemories } from '../../http/memory-guard.ts'
import { PATIENT } from '../../http/retry/patience.ts'
import { createNotices } from '../../survey/notices.ts'
import { saveEveryMs } from '../runtime/environment.ts'
import type { Program } from '../runtime/program.ts'
import { isFiltered } from '../setup/available-streams.ts'
import { openCall, type Setup, toEngine } from '../setup/setup.ts'
import type { ReadPlan } from './plan.ts'
import { watchStreams } from './watch-streams.ts'

/** Reads what is planned, and shows how far it is. True when every stream finished. */
export async function runRead(plan: ReadPlan, setup: Setup, program: Program): Promise<boolean> {
  const { onStart, onWait } = watchStreams(program, stream => requestsOf(stream))
  const { find, schemaOf } = plan
  // What can be compiled is, while the sign-in is under way; but nobody signs in for streams that may need no request.
  const isAnyRead = plan.jobs.some(({ job }) => !(job instanceof Error) && isUnread(job.progress))
  const { call, requestsOf } = countRequests(openCall(setup, program, PATIENT, onWait, isAnyRead))
  return runPlan(plan.jobs, {
    engine: {
      ...toEngine(setup, program, guardMemory(createMemories())(call)),
      onPage: createNotices(program.log.info, program.clock.now),
    },
    find,
    output: program.output,
    mask: program.mask,
    now: program.clock.now,
    compile: async def => compileStream(def, await schemaOf(def), isFiltered(def, setup.settings)),
    stop: program.stop,
    ...saveEveryMs(process.env),
    requestsOf,
    mostInFlight: setup.levels.most,
    onStart,
  })
}

function isUnread({ cursorMs, closed, parents }: Progress): boolean {
  return cursorMs === undefined && closed.length === 0 && parents === undefined
}
