import { HOUR_MS } from '../durations.ts'
import type { ErrorShape } from './ask/errors.ts'
import { type Asked, askAll, listOf, type Surveyor } from './asked.ts'
import type { FactId } from './facts.ts'
import { judgeAnswers, judgeEnvelopes, judgeRecords } from './judge/judge.ts'
import { judgeLists, judgeOrder } from './judge/judge-lists.ts'
import type { Load } from './measure/load.ts'
import { judgeSettling, type Settling } from './measure/settling.ts'
import type { StreamFinding, StreamSurvey } from './measure/streams.ts'
import { completed, type Finding, verdictOn } from './verdicts.ts'

/** All that a survey says: docs/survey.schema.json. No value of any record is in it. */
export interface Survey {
  readonly survey: 1
  readonly connector: string
  /** When, to the hour. */
  readonly asked_at: string
  /** Which description of the API most streams fit. */
  readonly world: 'documented' | 'seed'
  readonly requests: number
  readonly facts: Readonly<Record<FactId, Finding>>
  readonly streams: Readonly<Record<string, StreamFinding>>
  readonly errors: readonly ErrorShape[]
  readonly rate_headers: Readonly<Record<string, number>>
  readonly settling: readonly Settling[]
  readonly load: readonly Load[]
}

/** Measures what the connector takes for true of an account. Asks one thing after the other, and never more than
 *  MOST_REQUESTS in all; what it could not ask any more is unknown. */
export async function survey(surveyor: Surveyor): Promise<Survey> {
  const asked = await askAll(surveyor)
  const { streams, errors, settling, load } = asked
  return {
    ...headOf(surveyor, streams),
    facts: factsOf(asked, surveyor),
    streams: streams.findings,
    errors: errors.shapes,
    settling,
    load,
  }
}

function factsOf(asked: Asked, { defs, witness }: Surveyor): Survey['facts'] {
  const { streams, lists, interval } = asked
  const legs = listOf('call_records', lists)
  return completed({
    ...judgeEnvelopes(streams, defs),
    ...judgeLists(lists),
    ...judgeOrder(lists.filter(({ stream }) => stream.startsWith('call'))),
    ...judgeRecords(streams.first, legs === undefined ? [] : [...legs.rows, ...legs.more], interval),
    ...asked.time,
    ...asked.parameters,
    ...asked.errors.findings,
    ...verdictOn('scim-served', isScimServed(streams.findings)),
    ...judgeSettling(asked.settling),
    ...judgeAnswers(witness.seen),
  })
}

function headOf({ witness, version, now }: Surveyor, { findings }: StreamSurvey) {
  return {
    survey: 1,
    connector: version,
    asked_at: new Date(Math.floor(now() / HOUR_MS) * HOUR_MS).toISOString(),
    world: worldOf(findings),
    requests: witness.seen.requests,
    rate_headers: witness.seen.rateHeaders,
  } as const
}

/** Unknown where nothing is served: then a refusal does not speak of SCIM. */
function isScimServed(findings: StreamSurvey['findings']): boolean | undefined {
  const { status = 500 } = findings['scim_users'] ?? {}
  const isAnyServed = Object.values(findings).some(one => one.source !== undefined)
  return status >= 500 || !isAnyServed ? undefined : status < 300
}

/** By what agents are served as; where nothing fits, by whether a path is there that only one description has. */
function worldOf({ agents, numbers }: Readonly<Record<string, StreamFinding>>): Survey['world'] {
  if (agents?.source !== undefined) return agents.source === 'seed' ? 'seed' : 'documented'
  return numbers?.status === 404 ? 'seed' : 'documented'
}
