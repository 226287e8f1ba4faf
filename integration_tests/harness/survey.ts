import type { SimulatorOptions } from '../../simulator/options.ts'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { createApiClock } from '../../src/http/api-clock.ts'
import { systemClock } from '../../src/http/clock.ts'
import { BRISK } from '../../src/http/retry/patience.ts'
import type { Credentials } from '../../src/http/sign-in/credentials.ts'
import { createCall } from '../../src/http/stack.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { readSchema } from '../../src/streams/schemas.ts'
import { createWitness } from '../../src/survey/ask/witness.ts'
import type { Surveyor } from '../../src/survey/asked.ts'
import { type Survey, survey } from '../../src/survey/survey.ts'

/** An account with enough of everything for each question of a survey, with several calls at each moment. */
export function startAccount(more: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({
    calls: 900,
    agents: 30,
    lists: 3,
    leads: 40,
    days: 20,
    age: 400,
    together: 2,
    ...more,
  })
}

const CLIENT: Credentials = {
  auth_type: 'client_credentials',
  client_id: 'demo-client',
  client_secret: 'demo-secret',
}

/** A survey of a simulator, in this process. */
export function surveyOf(
  simulator: Pick<Simulator, 'url'>,
  more: Partial<Pick<Surveyor, 'load' | 'earlier'>> = {},
): Promise<Survey> {
  const witness = createWitness(createApiClock(systemClock), systemClock.now)
  const call = createCall({
    origin: simulator.url,
    credentials: CLIENT,
    userAgent: 'survey-test',
    concurrency: 8,
    patience: { ...BRISK, pace: 0 },
    clock: systemClock,
    signal: new AbortController().signal,
    onWait: () => undefined,
    apiClock: witness,
    onSignIn: { onSecret: () => undefined, onRotated: async () => undefined },
  })
  return survey({
    call,
    witness,
    defs: STREAMS.filter(def => def.onlyIf === undefined),
    schemaOf: readSchema,
    now: systemClock.now,
    version: 'test',
    load: false,
    earlier: undefined,
    progress: () => undefined,
    ...more,
  })
}
