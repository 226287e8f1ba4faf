import fc from 'fast-check'
import { kindOf } from '../account/kinds.ts'
import type { Case } from '../cases/case.ts'
import { mostTogether, pageSizeOf } from '../cases/sizes.ts'
import { always, type Evidence, type Knob, type StreamFacts } from './knob.ts'

function small(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(String)
}

function lie(name: string, leaves: string, more: Partial<Knob> = {}): Knob {
  return { name, family: 'lie', leaves, evidence: always('now'), ...more }
}

// Where the API names the next page, it alone knows what it left out of the one before.
function whereCountedOn({ paging }: StreamFacts): Evidence {
  return paging === 'named' ? 'never' : 'now'
}

// Pages that become shorter than they were look like the last one of their list, but for its count.
function isShorterUnseen({ faults, passing }: Case): boolean {
  const becomesShorter = passing.from > 0 && passing.faults.some(fault => /^clamp-/.test(fault))
  return becomesShorter && [...faults, ...passing.faults].some(fault => HIDES_COUNT.test(fault))
}

// A page that is cut in silence, and refusals after it, look like a list that ends, but for its count.
function endsUnseen({ faults, passing }: Case): boolean {
  const all = [...faults, ...passing.faults]
  return all.some(fault => /^cap-4/.test(fault)) && all.some(fault => HIDES_COUNT.test(fault))
}

const HIDES_COUNT = /^(no-total|no-pagination|count-|duplicate-ids)/

// Custom streams are compared with a count where their config names its place, as those of the test mostly do not.
function whereOwn({ paging }: StreamFacts): Evidence {
  return paging === 'own' ? 'now' : 'never'
}

// Only a list that can be asked for in parts can be read behind its cap.
function whereWindowed({ kind }: StreamFacts): Evidence {
  return kind === 'windowed' || kind === 'logs' ? 'now' : 'never'
}

// A filter that is off by hours has even a second asked for hours wider, which may hold more than the API gives; one that is
// ignored gives everything each time.
function isCapTooLowWidened(most: string, one: Case): boolean {
  const all = [...one.faults, ...one.passing.faults]
  const isWide = isFilterIgnored(all) || all.some(fault => /^filter-(floor:hour|shift)/.test(fault))
  return isWide || isCapTooLow(most, one)
}

const cap = {
  argument: small(20, 60),
  evidence: whereWindowed,
  mayBlock: isCapTooLowWidened,
} satisfies Partial<Knob>

/** Lists that are not what they say. */
export const listKnobs: readonly Knob[] = [
  ...['clamp-size-silently', 'clamp-limit-only'].map(name =>
    lie(name, 'a first page that is short of what was asked for', {
      argument: small(2, 20),
      evidence: (stream, _, one) =>
        isShorterUnseen(one) || endsUnseen(one) ? 'never' : whereCountedOn(stream),
    }),
  ),
  ...['cap-400', 'cap-404', 'cap-422'].map(name => lie(name, 'a refusal after a full page', cap)),
  lie('cap-clamped', 'a page that comes again after a full one', cap),
  lie('cap-repeats', 'a page that comes again after a full one', {
    ...cap,
    // Where the API names the next page, it leads in a circle: a config_error.
    mayBlock: (most, one) =>
      isCapTooLowWidened(most, one) || one.streams.some(stream => /^custom_/.test(stream)),
  }),
  lie('cap-empty', 'fewer records than counted', {
    ...cap,
    count: 'needs',
    mayBlock: isCapTooLowWidened,
    evidence: (stream, _, one) => (whereOwn(stream) === 'never' ? 'never' : whereFiltered(stream, one)),
  }),
  lie('cap-pages', 'a refusal after a full page', { ...cap, argument: small(2, 5), mayBlock: () => true }),
  lie('count-capped', 'more records than counted', { argument: small(5, 60), count: 'hides' }),
  lie('count-off', 'more records than counted, or fewer', {
    argument: fc.constantFrom('-1', '-7', '1', '3', '40', '50000000'),
    count: 'hides',
    blocksFull: true,
  }),
  lie('count-stale', 'more records than counted, or fewer', {
    argument: fc.constantFrom('-1', '-5', '1', '5'),
    count: 'hides',
  }),
  lie('count-global', 'the same count for every window', { count: 'hides', blocksFull: true }),
  lie('count-zero', 'records beside a count of none', { count: 'hides' }),
  lie('count-growing', 'a count that grows while no record comes', {
    argument: fc.constantFrom('1', '3'),
    count: 'hides',
  }),
  lie('count-page', 'more records than counted', { count: 'hides' }),
  lie('duplicate-ids', 'fewer different records than counted', { count: 'hides', blocksFull: true }),
  lie('unstable-ties', 'a record that comes twice, and fewer than counted', {
    count: 'needs',
    evidence: whereOwn,
  }),
  lie('ignore-page', 'a second page that is the first', { passesOnly: true }),
  lie('repeat-page', 'a second page that is the first', { passesOnly: true, argument: fc.constant('2') }),
  lie('insert-old', 'nothing, once a page has been read', { evidence: always('never') }),
  lie('swap', 'nothing: the count stays', { evidence: always('never') }),
  lie('impossible-dates', 'the date', {
    argument: fc.constantFrom('', 'zero', 'year-0', 'month-13', 'huge'),
    notWith: ['unstable-ties'],
  }),
  lie('future-record', 'the date', { argument: fc.constantFrom('1', '7', '400') }),
]

// What lies behind a cap cannot be asked for while the filter by time is ignored. It is owed until one of the two is over.
function whereFiltered(stream: StreamFacts, one: Case): Evidence {
  const evidence = whereWindowed(stream)
  if (evidence === 'never' || !isFilterIgnored([...one.faults, ...one.passing.faults])) return evidence
  return isUnreadable(one) ? 'never' : 'later'
}

function isFilterIgnored(faults: readonly string[]): boolean {
  return faults.some(fault => fault.startsWith('ignore-time-filter'))
}

function isUnreadable({ faults }: Case): boolean {
  return isFilterIgnored(faults) && faults.some(fault => fault.startsWith('cap-empty'))
}

// A list that cannot be asked for in parts stays cut off, and so does one of which more lies in a second than the API
// gives; one whose second page is the first does not turn its pages.
function isCapTooLow(most: string, { streams, syncs, world }: Case): boolean {
  const pageSize = Math.max(...syncs.map(({ settings }) => pageSizeOf(settings)))
  const isPlain = streams.some(stream => !['windowed', 'logs'].includes(kindOf(stream)))
  return isPlain || Number(most) < Math.max(2 * pageSize, mostTogether(world.together))
}
