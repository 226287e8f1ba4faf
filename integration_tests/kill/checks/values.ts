import { changesLate } from '../../../simulator/faults/time/reporting.ts'
import type { Printed } from '../../harness/program.ts'
import { kindOf } from '../account/kinds.ts'
import type { Held } from '../account/truth.ts'
import type { Case, Settings } from '../cases/case.ts'
import { evidenceIn, turnedIn } from '../knobs/index.ts'
import { type Ended, edgesOf } from './losses.ts'

const HOUR_MS = 3_600_000

/** What is old in what was delivered, once everything has passed and settled: numbers over an interval, and records that
 *  changed. Nothing before. */
export function staleIn(
  ended: Ended,
  settings: Settings,
  startedAt: number,
  nowMs: number,
): readonly string[] {
  const { stream, one, isLast } = ended
  if (!isLast || evidenceIn(one, stream) === 'never') return []
  if (kindOf(stream) === 'intervals')
    return isSettling(one, settings) ? numbersIn(ended, settings, nowMs) : []
  return kindOf(stream) === 'filtered' && one.mode === 'incremental' ? changesIn(ended, startedAt, nowMs) : []
}

function numbersIn(ended: Ended, settings: Settings, nowMs: number): readonly string[] {
  const { stream, one, owed, deliveries } = ended
  const hours = Math.max(
    settings.lookback_hours,
    ...turnedIn(one).map(({ knob, argument }) => settlesIn(knob.name, argument)),
  )
  const settled = owed.filter(({ moment = 0 }) => moment + hours * HOUR_MS <= nowMs - edgesOf(ended).tailMs)
  const shown = (held: Held) => numberIn(deliveries.latest(stream, held.key))
  const isQuiet = quietIn(settled, ({ row }) => row['value'])
  // A part of a number may be 0, which is no number where none follows.
  const isShownQuiet = turnedIn(one).some(({ knob }) => knob.name === 'metrics-partial')
    ? quietIn(settled, shown)
    : () => false
  const wrong = settled.filter(held => {
    const number = shown(held)
    return (
      number !== held.row['value'] &&
      !(number === null && isQuiet(held)) &&
      !(number === 0 && isShownQuiet(held))
    )
  })
  const [first] = wrong
  if (first === undefined) return []
  return [
    `${stream}: ${wrong.length} of ${settled.length} numbers are old, e.g. ${first.key}: ${shown(first)} for ${first.row['value']}`,
  ]
}

/** Whether neither an interval nor any after it, in its scope, has shown a number but 0: as long as that is so, null says the
 *  same. */
function quietIn(settled: readonly Held[], numberOf: (held: Held) => unknown): (held: Held) => boolean {
  const valuedTo = new Map<unknown, number>()
  for (const held of settled) {
    const { row, moment = 0 } = held
    if (numberOf(held)) valuedTo.set(scopeOf(row), Math.max(moment, valuedTo.get(scopeOf(row)) ?? moment))
  }
  return ({ row, moment = 0 }) => moment > (valuedTo.get(scopeOf(row)) ?? 0)
}

function scopeOf({ scope, campaign_id }: Held['row']): unknown {
  return scope ?? campaign_id
}

function settlesIn(name: string, argument: string): number {
  return name.startsWith('metrics-') ? Number(argument) : 0
}

function numberIn(record: Printed): number | null | undefined {
  if (record === undefined) return undefined
  return 'talk_in_seconds' in record ? Number(record.talk_in_seconds) : record.value
}

// Where reporting is late by more than the lookback, a number that is too small looks like any other; and where a clock is
// ahead that nobody can check, an interval is read before it is over.
function isSettling({ faults, passing, syncs }: Case, { lookback_hours }: Settings): boolean {
  const all = [...faults, ...passing.faults]
  const isLate = all.some(
    fault =>
      /reporting-(stalls|trails)|late-records|clock-skew:\d/.test(fault) ||
      (fault.startsWith('reporting-lags') && lookback_hours < 4),
  )
  const isAhead = syncs.some(({ clockErrorHours }) => clockErrorHours > 0)
  return !isLate && !(isAhead && all.some(fault => /no-date|clock-skew/.test(fault)))
}

function changesIn(
  { stream, one, owed, bounds, deliveries }: Ended,
  startedAt: number,
  nowMs: number,
): readonly string[] {
  // Changes that pass are undone when the fault is over.
  const hours = /^late-changes:(.*)$/.exec(
    one.faults.find(fault => fault.startsWith('late-changes')) ?? '',
  )?.[1]
  const changed = startedAt + Number(hours) * HOUR_MS
  if (hours === undefined || changed > Math.min(nowMs, bounds.to)) return []
  const due = owed.filter(({ row }) => changesLate(row))
  const old = due.filter(({ key }) => isOlder(deliveries.latest(stream, key), changed))
  return old.length === 0
    ? []
    : [`${stream}: ${old.length} of ${due.length} changes are missing, e.g. of ${keyIn(old)}`]
}

function isOlder(record: Printed, changed: number): boolean {
  return record !== undefined && Date.parse(record.lastUpdated) < changed
}

function keyIn([first]: readonly Held[]): string {
  return first?.key ?? ''
}
