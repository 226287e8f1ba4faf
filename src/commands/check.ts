import { asConnectorError } from '../errors.ts'
import { BRISK } from '../http/retry.ts'
import { BadBody, type Call } from '../http/types.ts'
import type { Command, Program } from './program.ts'
import { openCall, readSetup } from './setup.ts'

/** Says whether the config works. FAILED only for what the user must change: the platform never retries after it.
 *  Anything that may pass by itself is thrown, and becomes a trace with a non-zero exit. */
export function checkCommand(configPath: string): Command {
  return async program => {
    const problem = await findProblem(configPath, program)
    program.output.send({
      type: 'CONNECTION_STATUS',
      connectionStatus:
        problem === undefined ? { status: 'SUCCEEDED' } : { status: 'FAILED', message: problem },
    })
    return 0
  }
}

async function findProblem(configPath: string, program: Program): Promise<string | undefined> {
  try {
    const setup = await readSetup(configPath, program)
    await probe(openCall(setup, program, BRISK, () => undefined))
    return undefined
  } catch (error) {
    const { failure, message } = asConnectorError(error)
    if (failure !== 'config_error') throw error
    return program.mask(message)
  }
}

/** Reads one agent: the cheapest thing that needs a manager's rights. */
async function probe(call: Call): Promise<void> {
  await call({ method: 'GET', path: '/api/v2/agents', query: { page: 1, max: 1 } }, ({ bytes }) => {
    try {
      JSON.parse(bytes.toString('utf8'))
    } catch {
      throw new BadBody('it is not JSON')
    }
  })
}
