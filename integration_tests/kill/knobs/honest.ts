import fc from 'fast-check'
import type { Case } from '../cases/case.ts'
import { always, type Kind, type Knob } from './knob.ts'

const MINUTE_MS = 60_000

function small(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(String)
}

/** Accounts that tell the truth: none of these may ever be refused. */
export const honestKnobs: readonly Knob[] = [
  ...['no-pages', 'no-current', 'gzip', 'no-expires-in'].map(
    (name): Knob => ({
      name,
      family: 'honest',
      leaves: 'nothing is hidden that matters',
      evidence: always('now'),
    }),
  ),
  {
    name: 'no-date',
    family: 'honest',
    leaves: 'the clock of this machine',
    evidence: ({ kind }, _, one) => (isFarAhead(one) && hasTime(kind) ? 'never' : 'now'),
  },
  ...['no-total', 'no-pagination'].map(
    (name): Knob => ({
      name,
      family: 'honest',
      leaves: 'no count, but the end of a list shows',
      evidence: always('now'),
      count: 'hides',
    }),
  ),
  {
    name: 'strict-params',
    family: 'honest',
    leaves: 'nothing is hidden',
    evidence: always('now'),
  },
  {
    name: 'slow-body',
    family: 'honest',
    leaves: 'nothing is hidden',
    evidence: always('now'),
    argument: fc.constant('2'),
  },
  {
    name: 'token-dies',
    family: 'honest',
    // More requests than are in flight at once, twice: else one of them may meet one dead token after the other.
    leaves: 'a 401',
    evidence: always('now'),
    argument: small(17, 40),
  },
  {
    name: 'clamp-size',
    family: 'honest',
    leaves: 'the size that pages say they have',
    evidence: always('now'),
    argument: small(2, 20),
  },
  ...['size-400', 'size-413', 'size-422', 'size-503'].map(
    (name): Knob => ({
      name,
      family: 'honest',
      leaves: 'a refusal, and pages of a hundred are given',
      evidence: always('now'),
      argument: fc.constantFrom('100', '250', '499'),
    }),
  ),
  {
    name: 'max-window-days',
    family: 'honest',
    leaves: 'a refusal that names the longest time',
    evidence: always('now'),
    argument: fc.constant('3'),
  },
  {
    name: 'reporting-lags',
    family: 'honest',
    leaves: 'no record as new as the end of what was asked for',
    evidence: ({ kind }) => (kind === 'intervals' ? 'later' : 'now'),
    argument: small(1, 180),
    tailMs: minutes => Number(minutes) * MINUTE_MS,
  },
  {
    name: 'shift',
    family: 'honest',
    leaves: 'a count that grows while a list is read; nothing where what arrives is older than the lookback',
    evidence: ({ kind }, _, { mode }) => (kind === 'filtered' && mode === 'incremental' ? 'never' : 'now'),
  },
]

/** Whether the connector's clock is once so far ahead that a state of then is left alone: by more than 30 days. */
function isFarAhead({ syncs }: Case): boolean {
  return syncs.some(({ clockErrorHours }) => clockErrorHours > 30 * 24)
}

function hasTime(kind: Kind): boolean {
  return kind !== 'plain' && kind !== 'children' && kind !== 'details'
}
