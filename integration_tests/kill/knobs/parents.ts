import fc from 'fast-check'
import type { Case } from '../cases/case.ts'
import { always, type Evidence, hasParents, type Knob, type StreamFacts } from './knob.ts'

function lie(name: string, leaves: string, more: Partial<Knob> = {}): Knob {
  return { name, family: 'lie', leaves, evidence: always('now'), ...more }
}

const many = fc.constantFrom('1', '2', '999')

// What a parent's own 404 closes stays closed where the part has no timeline of its own.
function whereGone({ kind }: StreamFacts): Evidence {
  if (!hasParents(kind)) return 'now'
  return kind === 'logs' || kind === 'children' ? 'later' : 'never'
}

// Three parents are not all believed to be gone at once.
function whereAllGone(stream: StreamFacts, { world }: Case): Evidence {
  const isMany = stream.name === 'campaign_statistics' && world.lists > 2
  return isMany ? 'later' : whereGone(stream)
}

function whereParents({ kind }: StreamFacts): Evidence {
  return hasParents(kind) ? 'later' : 'now'
}

/** Parents and their children: these last for a few runs. */
export const parentKnobs: readonly Knob[] = [
  lie('parents-missing', 'nothing until they are back, with a history of their own', {
    argument: many,
    evidence: stream => (isOwnTime(stream) ? 'never' : missing(stream)),
    passesOnly: true,
  }),
  lie('parents-empty', 'a list without parents that were known', {
    argument: many,
    evidence: missing,
    passesOnly: true,
  }),
  lie('children-404', 'a 404 of every parent, or one that does not come from the API', {
    argument: fc.constantFrom('json', 'html', 'text'),
    evidence: (stream, how, one) => (how === 'json' ? whereAllGone(stream, one) : whereParents(stream)),
    passesOnly: true,
  }),
  lie('children-fail', 'the status of some parents', {
    argument: fc.constantFrom('403', '404', '500'),
    evidence: (stream, status) => (status === '404' ? whereGone(stream) : whereParents(stream)),
    passesOnly: true,
  }),
  {
    name: 'vanish',
    family: 'honest',
    leaves: 'a 404 of one parent',
    argument: fc.integer({ min: 3, max: 9 }).map(String),
    evidence: whereGone,
    passesOnly: true,
  },
  lie('parent-spelling', 'rows that name other parents, but for the spelling', {
    argument: fc.constantFrom('hyphens', 'upper'),
  }),
  // The record that is made up of the future would have no number of its own.
  lie('numeric-parents', 'rows that name other parents, but for the spelling', {
    notWith: ['future-record'],
  }),
]

// A list of records that are parents is itself short of them. Where they have a time of their own, that time is closed by the
// newer ones that came, as it is before any record that is listed late.
function missing(stream: StreamFacts): Evidence {
  return stream.kind === 'plain' || isOwnTime(stream) ? 'later' : whereParents(stream)
}

function isOwnTime({ name }: StreamFacts): boolean {
  return name === 'conversations'
}
