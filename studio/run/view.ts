import { asConnectorError } from '../../src/errors.ts'
import { shown } from '../config/secrets.ts'
import type { View } from '../wire.ts'
import type { Bench } from './bench.ts'

/** The config as the page may see it, with what is wrong in it. */
export async function viewOf(bench: Bench, notices: readonly string[] = []): Promise<View> {
  const { held, program } = bench
  const { config, kept } = shown(held.value)
  const found = await problemsOf(bench)
  return {
    revision: held.revision,
    config,
    kept,
    problems: found.problems.map(program.mask),
    streamProblems: Object.fromEntries(
      Object.entries(found.streamProblems).map(([name, text]) => [name, program.mask(text)]),
    ),
    notices,
  }
}

async function problemsOf(bench: Bench): Promise<Pick<View, 'problems' | 'streamProblems'>> {
  try {
    const { custom } = await bench.streams(bench.setUp())
    return { problems: [], streamProblems: Object.fromEntries(custom.problems) }
  } catch (error) {
    return { problems: [asConnectorError(error).message], streamProblems: {} }
  }
}
