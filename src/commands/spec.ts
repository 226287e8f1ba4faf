import spec from '../config/spec.json' with { type: 'json' }
import type { Command } from './runtime/program.ts'

/** Prints what the connector's config looks like. */
export const specCommand: Command = async ({ output }) => {
  output.send({ type: 'SPEC', spec })
  return 0
}
