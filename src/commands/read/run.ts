import { compileStream } from '../../engine/records/compile.ts'
import { type Run, runPlan } from '../../engine/run.ts'
import { countRequests, guardMemory } from '../../http/call-layers.ts'
import { createMemories } from '../../http/memory-guard.ts'
import { PATIENT } from '../../http/retry/retry.ts'
import type { Program } from '../runtime/program.ts'
import { createProgressLine } from '../runtime/progress.ts'
import { isFiltered } from '../setup/available-streams.ts'
import { openCall, type Setup, toEngine } from '../setup/setup.ts'
import type { ReadPlan } from './plan.ts'
import { watchStreams } from './watch-streams.ts'

/** Reads what is planned. True when every stream finished. */
export async function runRead(plan: ReadPlan, setup: Setup, program: Program): Promise<boolean> {
  const progress = createProgressLine(process.stderr)
  const { onStart, onWait } = watchStreams(program, progress)
  const { call, requestsOf } = countRequests(openCall(setup, program, PATIENT, onWait))
  const { find, schemaOf } = plan
  const finished = await runPlan(plan.jobs, {
    engine: toEngine(setup, program, guardMemory(createMemories())(call)),
    find,
    output: program.output,
    mask: program.mask,
    now: program.clock.now,
    compile: async def => compileStream(def, await schemaOf(def), isFiltered(def, setup.settings)),
    stop: program.stop,
    ...saveEvery(process.env['SOURCE_BABELFORCE_SAVE_EVERY_MS']),
    requestsOf,
    onStart,
  })
  progress.end()
  return finished
}

/** How often progress is saved, if the environment sets it: tests save after every step. */
function saveEvery(text: string | undefined): Pick<Run, 'saveEveryMs'> {
  const ms = Number(text ?? Number.NaN)
  return ms >= 0 ? { saveEveryMs: ms } : {}
}
