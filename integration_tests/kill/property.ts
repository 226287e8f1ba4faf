import assert from 'node:assert/strict'
import fc from 'fast-check'
import { startSimulator } from '../../simulator/server.ts'
import { STREAMS } from '../../src/streams/index.ts'
import { worldKey } from '../harness/standard.ts'
import { type Outcome, readUntilDone } from './attempts.ts'
import { anyCase, type Case } from './cases.ts'

const DAY_MS = 86_400_000

/** How a property is tried. */
export interface Trial {
  readonly runs: number
  readonly seed?: number
  readonly path?: string
  /** The program to run, where it is not the built one. */
  readonly main?: string
  /** What of a case is not left to chance. */
  readonly fixed?: Partial<Case>
}

/** Whatever goes wrong and whenever the connector is killed: once a run has succeeded, every record is there. Throws with
 *  the case, and the seed and path by which it can be tried again. */
export async function assertNothingIsLost({ runs, main, fixed, ...replay }: Trial): Promise<void> {
  const property = fc.asyncProperty(anyCase(fixed), one => nothingIsLost(one, main))
  await fc.assert(property, { numRuns: runs, endOnFailure: true, ...replay })
}

async function nothingIsLost(given: Case, main?: string): Promise<void> {
  const { faults, world } = given
  await using simulator = await startSimulator({ ...world, faults: faults.join(',') })
  const served = await Promise.all(given.streams.map(stream => isServed(stream, simulator.url)))
  const one = { ...given, streams: given.streams.filter((_, index) => served[index]) }
  if (one.streams.length === 0) return
  const outcome = await readUntilDone(one, simulator, main)
  const wrong = one.streams.flatMap(stream => wrongIn(stream, outcome))
  assert.deepEqual(wrong, [], `after ${outcome.runs} runs`)
}

async function isServed(stream: string, url: string): Promise<boolean> {
  return (await fetch(`${url}/__world/${stream}/count`)).ok
}

/** What a stream lacks of the world, and what it has that the world has not. */
function wrongIn(stream: string, outcome: Outcome): string[] {
  const keyOf = stream === 'total_calls' ? dayOf : keyIn(stream)
  const got = new Set((outcome.records.get(stream) ?? []).map(keyOf))
  const [owed, there] =
    stream === 'total_calls'
      ? [closedDays(outcome.startMs, outcome.lastRunMs), closedDays(outcome.startMs, Date.now())]
      : [outcome.owed.get(stream) ?? [], outcome.there.get(stream) ?? []]
  const known = new Set(there)
  return [
    ...some(
      `${stream}: lost`,
      owed.filter(key => !got.has(key)),
      owed.length,
    ),
    ...some(
      `${stream}: made up`,
      [...got].filter(key => !known.has(key)),
      got.size,
    ),
  ]
}

function some(what: string, keys: readonly string[], of: number): string[] {
  return keys.length === 0 ? [] : [`${what} ${keys.length} of ${of}, e.g. ${keys[0]}`]
}

type Keyed = Readonly<Record<string, unknown>>

function keyIn(stream: string): (record: Keyed) => string {
  const def = STREAMS.find(one => one.name === stream)
  if (def === undefined) throw new Error(`There is no stream ${stream}.`)
  return record => worldKey(def, record)
}

function dayOf(record: Keyed): string {
  return new Date(String(record['window_end'])).toISOString()
}

/** The ends of the days that are over, from the one in which reading begins. */
function closedDays(startMs: number, nowMs: number): string[] {
  const first = Math.floor(startMs / DAY_MS) + 1
  const last = Math.floor(nowMs / DAY_MS)
  return Array.from({ length: last - first + 1 }, (_, index) =>
    new Date((first + index) * DAY_MS).toISOString(),
  )
}
