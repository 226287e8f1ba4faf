import assert from 'node:assert/strict'
import { accountOf } from '../../simulator/facts.ts'
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
import type { FactId } from '../../src/survey/facts.ts'
import { type Survey, survey } from '../../src/survey/survey.ts'
import { statsOf } from './sync.ts'

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

/** The ids of the facts that a survey contradicts. */
export function contradicted({ facts: found }: Survey): readonly string[] {
  return Object.entries(found).flatMap(([id, { verdict }]) => (verdict === 'contradicted' ? [id] : []))
}

/** Asserts that a survey, the first of this simulator, counted each of its requests, and made no more than it may. */
export async function assertCost(simulator: { readonly url: string }, { requests }: Survey): Promise<void> {
  const { total } = await statsOf(simulator)
  assert.equal(requests, total)
  assert.ok(total <= 120, `${total} requests`)
}

/** Asserts that a simulator that is like the account is found to be like it. With `measuredOnly`, what was unknown may be
 *  found out there: what hid it may be unknown itself. */
export async function assertRoundTrip(found: Survey, { measuredOnly = false } = {}): Promise<void> {
  await using again = await startAccount(accountOf(JSON.parse(JSON.stringify(found))))
  const { facts } = await surveyOf(again)
  const verdicts = (all: Survey['facts']) =>
    Object.entries(found.facts).flatMap(([id, { verdict }]) =>
      measuredOnly && verdict === 'unknown' ? [] : [`${id}: ${all[id as FactId].verdict}`],
    )
  assert.deepEqual(verdicts(facts), verdicts(found.facts))
}
