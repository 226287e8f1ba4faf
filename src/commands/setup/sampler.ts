import type { Engine } from '../../engine/stream/context.ts'
import type { StreamDef } from '../../engine/stream/definition.ts'
import { sampleStream } from '../../engine/sync/sample.ts'
import type { Sample } from '../../engine/sync/sampled.ts'
import { BRISK } from '../../http/retry/patience.ts'
import type { Program } from '../runtime/program.ts'
import type { AvailableStreams } from './available-streams.ts'
import { SAMPLE_SIZE } from './schemas.ts'
import { openCall, type Setup, toEngine } from './setup.ts'

/** Samples streams: gives their first records, at most SAMPLE_SIZE. The way to the API is opened when it is first needed. */
export function createSampler(
  setup: Setup,
  program: Program,
  { find }: AvailableStreams,
): (def: StreamDef) => Promise<Sample> {
  let engine: Engine | undefined
  return def => {
    engine ??= toEngine(
      setup,
      program,
      openCall(setup, program, BRISK, () => undefined),
    )
    return sampleStream(def, { engine, find }, SAMPLE_SIZE)
  }
}
