import { type Answer, empty, json, refuse } from '../answer.ts'
import { everyNth, type Fault, type FaultRow, firstOnes, wholeIn } from './fault.ts'

const broken: Answer = json({ error: 'internal server error' }, 500)
const unavailable: Answer = json({ error: 'service unavailable' }, 503)
const page = '<!doctype html><title>Gateway</title><p>This is a page, not an answer of the API.</p>'
const html: Answer = { status: 200, headers: { 'content-type': 'text/html' }, bytes: [Buffer.from(page)] }
const throttled: Answer = withRetryAfter(refuse(429), '0')

/** Faults that answer with a status of their own in the route's place. */
export const statusFaults: readonly FaultRow[] = [
  { says: 'status-401', does: 'always 401', make: always(refuse(401)) },
  { says: 'status-403', does: 'always 403', make: always(refuse(403)) },
  { says: 'status-404', does: 'always 404', make: always(refuse(404)) },
  { says: 'status-500', does: 'always 500', make: always(broken) },
  { says: 'status-503', does: 'always 503', make: always(unavailable) },
  { says: 'once-500', does: 'the first request answers 500', make: () => when(firstOnes(1), broken) },
  { says: 'once-503', does: 'the first request answers 503', make: () => when(firstOnes(1), unavailable) },
  {
    says: 'burst-503:N',
    does: 'the first N requests answer 503',
    make: argument => when(firstOnes(wholeIn(argument, 3)), unavailable),
  },
  {
    says: 'every-429:N',
    does: 'every Nth request answers 429',
    make: argument => when(everyNth(argument), throttled),
  },
  {
    says: 'retry-after:WHAT',
    does: 'what 429 and 503 say: a number of seconds, date, absent or absurd',
    make: argument => ({ after: (answer, _, now) => rewriteRetryAfter(answer, argument, now) }),
  },
  {
    says: 'html:N',
    does: 'every Nth request answers 200 with a web page',
    make: argument => when(everyNth(argument), html),
  },
  {
    says: 'empty-204:N',
    does: 'every Nth request answers 204',
    make: argument => when(everyNth(argument), empty(204)),
  },
  {
    says: 'vanish:N',
    does: 'every Nth request for one object, or for the children of one, answers 404: it has been deleted',
    make: argument => {
      const now = everyNth(argument)
      return { gate: request => (request.route?.path.includes('{') && now() ? refuse(404) : undefined) }
    },
  },
  {
    says: 'redirect-away:ORIGIN',
    does: 'always 302 to the same path of another origin (https://elsewhere.example.com)',
    make: origin => ({
      gate: request =>
        empty(302, {
          location: `${origin || 'https://elsewhere.example.com'}${request.path}?${request.query}`,
        }),
    }),
  },
]

function always(answer: Answer): () => Fault {
  return () => when(() => true, answer)
}

function when(now: () => boolean, answer: Answer): Fault {
  return { gate: () => (now() ? answer : undefined) }
}

function rewriteRetryAfter(answer: Answer, what: string, now: number): Answer {
  if (answer.status !== 429 && answer.status !== 503) return answer
  if (what === 'date') return withRetryAfter(answer, new Date(now + 2000).toUTCString())
  if (what === 'absurd') return withRetryAfter(answer, '31536000')
  if (what !== 'absent') return withRetryAfter(answer, what)
  const { 'retry-after': _, ...headers } = answer.headers
  return { ...answer, headers }
}

function withRetryAfter(answer: Answer, value: string): Answer {
  return { ...answer, headers: { ...answer.headers, 'retry-after': value } }
}
