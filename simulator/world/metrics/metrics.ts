import { between, draws } from '../ground/random.ts'
import { type Row, sliceRows } from '../ground/rows.ts'
import { registerRows } from '../lookups.ts'
import type { World } from '../view.ts'
import { type CallSelection, countCalls, rowsOfCalls } from './calls.ts'
import { metricIds } from './ids.ts'

/** What a request for a metric may choose. */
export interface MetricQuery extends CallSelection {
  /** 'true' or 'false' keeps the agents that are enabled or not; anything else keeps all. */
  readonly enabled: string | undefined
  /** Whether the agents are counted by presence instead of all together. */
  readonly grouped: boolean
}

/** The value of a metric; an average over nothing is 0. Metrics that this world cannot compute get a number that
 *  follows from the seed. */
export function metricValue(world: World, id: string, query: MetricQuery): unknown {
  const metric = metrics[id]
  return metric ? metric(world, query) : unfounded(world, id)
}

type Metric = (world: World, query: MetricQuery) => unknown
type Counts = (row: Row) => boolean

const anyCall: Counts = () => true
const queued: Counts = row => 'queueName' in row
const answered: Counts = row => queued(row) && row['bridged'] === true

const metrics: Readonly<Record<string, Metric>> = {
  'agents.total': agentsTotal,
  ...stateTotals('available', 'busy', 'declined', 'in_call', 'originated', 'ringing', 'selected'),
  ...stateTotals('unreachable', 'wrap_up'),
  'calls.total': countCalls,
  ...averageAndTotal('calls.duration', 'duration', anyCall),
  ...averageAndTotal('calls.hold', 'holdTime', anyCall),
  'queues.total': world => world.size('queues'),
  'queues.calls.total': (world, query) => rowsOfCalls(world, query).filter(queued).length,
  ...averageAndTotal('queues.wait-time', 'queueWaitTime', queued),
  ...averageAndTotal('queues.talk-time', 'talkTime', answered),
  ...averageAndTotal('queues.handle-time', 'handleTime', answered),
  ...averageAndTotal('queues.wrapup', 'wrapupTime', answered),
  'one.value': () => 1,
  'zero.value': () => 0,
}

function agentsTotal(world: World, { enabled, grouped }: MetricQuery): unknown {
  const chosen = everyAgent(world).filter(
    agent => !['true', 'false'].includes(enabled ?? '') || String(agent['enabled']) === enabled,
  )
  if (!grouped) return chosen.length
  const online = chosen.filter(isOnline).length
  return { online, offline: chosen.length - online }
}

function isOnline(agent: Row): boolean {
  return (agent['presence'] as Row)['available'] === true
}

// Records write a state with a hyphen where the metrics' ids have an underscore.
function stateTotals(...states: readonly string[]): Record<string, Metric> {
  const totalOf = (state: string): Metric => {
    return world => everyAgent(world).filter(agent => agent['state'] === state.replace('_', '-')).length
  }
  return Object.fromEntries(states.map(state => [`agents.state.${state}.total`, totalOf(state)]))
}

function everyAgent(world: World): readonly Row[] {
  const rows = registerRows(world, 'agents')
  return sliceRows(rows, 0, rows.count)
}

function averageAndTotal(id: string, field: string, counts: Counts): Record<string, Metric> {
  const secondsOf = (world: World, query: MetricQuery) =>
    rowsOfCalls(world, query)
      .filter(counts)
      .map(row => Number(row[field]))
  return {
    [`${id}.avg`]: (world, query) => average(secondsOf(world, query)),
    [`${id}.total`]: (world, query) => sum(secondsOf(world, query)),
  }
}

function average(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.round((sum(numbers) / numbers.length) * 1000) / 1000
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((so, number) => so + number, 0)
}

function unfounded({ facts }: World, id: string): number {
  return between(draws(facts.seed, 'metric', metricIds.indexOf(id)), 0, 500)
}
