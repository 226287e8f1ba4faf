import { appendFileSync, readFileSync } from 'node:fs'
import type { Case } from './cases/case.ts'
import type { Played } from './platform.ts'

/** How often something was tried, and how often it ended in a loss or was refused by a run. */
interface Count {
  readonly tried: number
  readonly lost: number
  readonly refused: number
}

/** Counts by knob. */
export type Tally = ReadonlyMap<string, Count>

const NONE: Count = { tried: 0, lost: 0, refused: 0 }

/** The tally of these cases. */
export function tallyOf(played: readonly { readonly one: Case; readonly played: Played }[]): Tally {
  const tally = new Map<string, Count>()
  for (const { one, played: came } of played)
    for (const name of ['(all)', ...namesIn(one)]) {
      const { tried, lost, refused } = tally.get(name) ?? NONE
      tally.set(name, {
        tried: tried + 1,
        lost: lost + Number(came.violations.length > 0),
        refused: refused + Number(came.refusals.length > 0),
      })
    }
  return tally
}

/** Several tallies as one. */
function added(tallies: readonly Tally[]): Tally {
  const sum = new Map<string, Count>()
  for (const [name, count] of tallies.flatMap(tally => [...tally])) {
    const { tried, lost, refused } = sum.get(name) ?? NONE
    sum.set(name, { tried: tried + count.tried, lost: lost + count.lost, refused: refused + count.refused })
  }
  return sum
}

/** Adds a tally, and the seed that it came of, to a file of JSON lines. */
export function append(path: string, seed: number, tally: Tally): void {
  appendFileSync(path, `${JSON.stringify({ seed, knobs: Object.fromEntries(tally) })}\n`)
}

/** All tallies of a file of JSON lines, as one. */
export function readTally(path: string): Tally {
  const lines = readFileSync(path, 'utf8').split('\n')
  const tallies = lines
    .filter(line => line !== '')
    .map(line => new Map(Object.entries(JSON.parse(line).knobs)))
  return added(tallies as readonly Tally[])
}

/** The tally as a table for people, the most tried first. */
export function tableOf(tally: Tally): string {
  const rows = [...tally].sort(([, a], [, b]) => b.tried - a.tried)
  const width = Math.max(4, ...rows.map(([name]) => name.length)) + 2
  const line = (name: string, ...cells: readonly (string | number)[]) =>
    `${name.padEnd(width)}${cells.map(cell => String(cell).padStart(9)).join('')}`
  const lines = rows.map(([name, { tried, lost, refused }]) => line(name, tried, lost, refused))
  return [line('knob', 'tried', 'lost', 'refused'), ...lines].join('\n')
}

function namesIn({ faults, passing, syncs, ...one }: Case): readonly string[] {
  const settings = syncs.map(sync => sync.settings)
  const changes = (
    ['startDays', 'endHours', 'agent', 'queue', 'ids', 'window_days', 'lookback_hours', 'metrics'] as const
  ).filter(name => settings.some(each => JSON.stringify(each[name]) !== JSON.stringify(settings[0]?.[name])))
  const stops = syncs.flatMap(sync => sync.stops.map(({ how }) => `stopped by ${how}`))
  return [
    ...new Set([
      ...faults.map(nameOf),
      ...passing.faults.map(fault => `${nameOf(fault)}, passing`),
      ...changes.map(name => `config: ${name} changes`),
      ...stops,
      ...(syncs.some(sync => sync.clockErrorHours > 0) ? ['the connector’s clock ahead'] : []),
      ...(syncs.some(sync => sync.clockErrorHours < 0) ? ['the connector’s clock behind'] : []),
      ...(syncs.some(sync => Object.keys(sync.leavers).length > 0) ? ['parents are deleted'] : []),
      ...(one.asProgram ? ['a process of its own'] : []),
      ...one.streams.map(stream => `stream ${stream}`),
    ]),
  ]
}

function nameOf(fault: string): string {
  return fault.split(/[:@]/)[0] ?? ''
}
