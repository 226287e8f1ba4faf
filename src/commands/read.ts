import { type ReadOptions, readInputs } from './read/inputs.ts'
import { planRead } from './read/plan.ts'
import { runRead } from './read/run.ts'
import { keepHeapSmall } from './runtime/heap.ts'
import type { Command } from './runtime/program.ts'

/** Reads the selected streams. Exit code 0 only when every one of them finished. */
export function readCommand(options: ReadOptions): Command {
  return async program => {
    keepHeapSmall()
    const inputs = await readInputs(options, program)
    const plan = planRead(inputs, program)
    program.watch.begin(plan.jobs.map(({ name }) => name))
    const finished = await runRead(plan, inputs.setup, program)
    return verdictOf(finished)
  }
}

/** The exit code by which the platform tells whether the sync succeeded. */
function verdictOf(finished: boolean): number {
  return finished ? 0 : 1
}
