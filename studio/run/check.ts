import { trySetup } from '../../src/commands/check.ts'
import { asConnectorError } from '../../src/errors.ts'
import type { Checked } from '../wire.ts'
import type { Bench } from './bench.ts'

/** Tries the config, and says what each area of the API said. */
export async function check(bench: Bench, signal: AbortSignal): Promise<Checked> {
  const { mask } = bench.program
  try {
    const setup = bench.setUp()
    const call = bench.open(setup, new Set(), signal)
    const { areas, result } = await trySetup(setup, bench.program, call)
    const message = result.message === undefined ? undefined : mask(result.message)
    return { areas, message, error: undefined }
  } catch (error) {
    return { areas: [], message: undefined, error: mask(asConnectorError(error).message) }
  }
}
