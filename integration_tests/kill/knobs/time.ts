import fc from 'fast-check'
import { always, type Evidence, type Knob, type StreamFacts } from './knob.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

function lie(name: string, leaves: string, more: Partial<Knob> = {}): Knob {
  return { name, family: 'lie', leaves, evidence: always('now'), ...more }
}

const hours = (text: string) => text.split('+').map(Number)
const stall = fc
  .tuple(fc.constantFrom(1, 5, 26, 72), fc.constantFrom(1, 12, 48, 96, 500))
  .map(([before, after]) => `${before}+${after}`)

/** Faults in time: windows, reporting, aggregates. */
export const timeKnobs: readonly Knob[] = [
  lie('ignore-time-filter', 'records of all times', {
    notWith: ['shift', 'future-record', 'filter-last-day'],
  }),
  lie('filter-floor', 'records before the window', {
    argument: fc.constantFrom('minute', 'hour'),
    tailMs: unit => (unit === 'hour' ? HOUR_MS : MINUTE_MS),
  }),
  lie('filter-exclusive', 'nothing is lost but at the very ends, since windows overlap', {
    tailMs: () => 2000,
  }),
  lie('filter-shift', 'records outside the window', {
    argument: fc.constantFrom('-3', '-1', '1', '2'),
    tailMs: by => Math.abs(Number(by)) * HOUR_MS,
  }),
  lie('filter-last-day', 'nothing, and a window is always asked for, but by custom streams without one', {
    evidence: ({ kind, paging }) => (paging === 'own' || kind === 'windowed' ? 'now' : 'never'),
  }),
  lie('filter-inward', 'nothing: what comes is within the window', {
    argument: fc.constantFrom('minute', 'hour'),
    evidence: always('never'),
  }),
  lie('reporting-stalls', 'no record as new as the end of what was asked for', {
    argument: stall,
    evidence: always('later'),
    overAfterHours: text => hours(text)[1] ?? 0,
  }),
  lie('reporting-trails', 'no record as new as the end of what was asked for', {
    argument: stall,
    evidence: always('later'),
    overAfterHours: text => hours(text)[1] ?? 0,
  }),
  lie('late-records', 'nothing, where newer records are there: the lookback is for them', {
    argument: fc.constantFrom('1', '12', '24', '48'),
    evidence: (_, text, one) =>
      one.syncs.every(({ settings }) => settings.lookback_hours >= Number(text)) ? 'later' : 'never',
    tailMs: text => Number(text) * HOUR_MS,
  }),
  lie('late-changes', 'the time of the change', {
    argument: fc.constantFrom('1', '30'),
    overAfterHours: Number,
  }),
  ...['metrics-null', 'metrics-zero'].map(name =>
    lie(name, 'an interval without a number after ones that have it', {
      argument: fc.constantFrom('1', '6', '20'),
      evidence: settling,
      overAfterHours: Number,
    }),
  ),
  lie('metrics-partial', 'nothing: an interval is read again once it is as old as the lookback', {
    argument: fc.constantFrom('1', '6', '20'),
    evidence: (stream, text, one) =>
      one.syncs.some(({ settings }) => settings.lookback_hours < Number(text)) ? 'never' : settling(stream),
    overAfterHours: Number,
  }),
  lie('clock-skew', 'the Date header itself', {
    argument: fc.constantFrom('-7200', '7200', '-200000', '90000'),
    // Numbers of an interval that is not over by the API's clock would be those of a part of it.
    tailMs: (seconds, kind) => (kind === 'intervals' ? Math.max(0, -Number(seconds)) * 1000 : 0),
  }),
]

function settling({ kind }: StreamFacts): Evidence {
  return kind === 'intervals' ? 'later' : 'now'
}
