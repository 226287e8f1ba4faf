import fc from 'fast-check'
import { always, type Evidence, hasParents, type Knob, type StreamFacts } from './knob.ts'

const everyNth = fc.integer({ min: 4, max: 30 })
const sometimes = everyNth.map(String)

function outage(name: string, leaves: string, more: Partial<Knob> = {}): Knob {
  return { name, family: 'outage', leaves, evidence: always('now'), ...more }
}

const refusal = fc.constantFrom(
  '',
  '/api/v2/calls',
  '/api/v2/agents',
  '/api/v2/outbound',
  '/api/v2/metrics',
  '/api/v2/audit',
)

/** Failures: a stream may be incomplete because of them, and recovers when they are over. */
export const outageKnobs: readonly Knob[] = [
  outage('every-429', 'a 429', { argument: sometimes }),
  outage('html', 'a page that is not JSON', { argument: sometimes }),
  outage('truncated', 'half of a JSON text', { argument: sometimes }),
  outage('empty-204', 'an empty body, which is not believed at once', { argument: sometimes }),
  outage('reset-headers', 'a broken connection', { argument: sometimes }),
  outage('reset-body', 'a broken connection', { argument: sometimes }),
  outage('once-500', 'a 500'),
  outage('once-503', 'a 503'),
  outage('burst-503', 'a 503', { argument: fc.integer({ min: 1, max: 12 }).map(String) }),
  ...['success-false', 'error-200'].map(name =>
    outage(name, 'a body that is an error', {
      argument: fc.oneof(
        everyNth.map(n => `every-${n}`),
        fc.integer({ min: 1, max: 12 }).map(n => `first-${n}`),
      ),
    }),
  ),
  ...['items-null', 'no-container'].map(name =>
    outage(name, 'a count beside no list', {
      argument: everyNth.map(n => `every-${n}`),
      evidence: whereCounted,
      count: 'needs',
      // Both readings of the same part may meet it in run after run, where all must be received in one.
      mayBlock: (text, { mode }) => mode === 'full_refresh' && Number(text.slice('every-'.length)) < 8,
    }),
  ),
]

/** Failures that a stream cannot outlive: they last for a few runs. */
export const longOutageKnobs: readonly Knob[] = [
  ...['status-403', 'status-404', 'status-500', 'status-503'].map(name =>
    outage(name, 'the status', { at: refusal, passesOnly: true, evidence: byStatus(name) }),
  ),
  ...['success-false', 'error-200'].map(name =>
    outage(name, 'a body that is an error', {
      at: refusal,
      argument: fc.constantFrom('', 'page-2'),
      passesOnly: true,
    }),
  ),
  ...['items-null', 'no-container'].map(name =>
    outage(name, 'a count beside no list', {
      argument: fc.constantFrom('', 'page-2'),
      passesOnly: true,
      evidence: whereCounted,
      count: 'needs',
    }),
  ),
  outage('not-a-list', 'an object in place of the list', { passesOnly: true }),
]

// A 404 of a parent says that it is gone, which is believed unless all of them are.
function byStatus(name: string): Knob['evidence'] {
  return ({ kind }) => {
    if (name !== 'status-404' || !hasParents(kind)) return 'now'
    return kind === 'logs' || kind === 'children' ? 'later' : 'never'
  }
}

// Without a count, a list that is missing is an empty one.
function whereCounted({ isUncounted }: StreamFacts): Evidence {
  return isUncounted ? 'never' : 'now'
}
