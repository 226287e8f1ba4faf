import { empty, json, type Response, refuse } from '../../response.ts'
import { everyNth, type Fault, type FaultRow, firstOnes, wholeIn } from '../fault.ts'

const broken: Response = json({ error: 'internal server error' }, 500)
const unavailable: Response = json({ error: 'service unavailable' }, 503)
const page = '<!doctype html><title>Gateway</title><p>This is a web page, not a response of the API.</p>'
const html: Response = { status: 200, headers: { 'content-type': 'text/html' }, bytes: [Buffer.from(page)] }
const throttled: Response = withRetryAfter(refuse(429), '0')

/** Faults that respond with a status of their own in place of the route. */
export const statusFaults: readonly FaultRow[] = [
  { says: 'status-401', does: 'always 401', make: always(refuse(401)) },
  { says: 'status-403', does: 'always 403', make: always(refuse(403)) },
  { says: 'status-404', does: 'always 404', make: always(refuse(404)) },
  { says: 'status-500', does: 'always 500', make: always(broken) },
  { says: 'status-503', does: 'always 503', make: always(unavailable) },
  { says: 'once-500', does: 'the first request gets a 500', make: () => when(firstOnes(1), broken) },
  { says: 'once-503', does: 'the first request gets a 503', make: () => when(firstOnes(1), unavailable) },
  {
    says: 'burst-503:N',
    does: 'the first N requests get a 503',
    make: argument => when(firstOnes(wholeIn(argument, 3)), unavailable),
  },
  {
    says: 'every-429:N',
    does: 'every Nth request gets a 429',
    make: argument => when(everyNth(argument), throttled),
  },
  {
    says: 'retry-after:WHAT',
    does: 'what 429 and 503 say in Retry-After: a number of seconds, date, absent or absurd',
    make: argument => ({ after: (response, _, now) => rewriteRetryAfter(response, argument, now) }),
  },
  {
    says: 'html:N',
    does: 'every Nth request gets a 200 with a web page',
    make: argument => when(everyNth(argument), html),
  },
  {
    says: 'empty-204:N',
    does: 'every Nth request gets a 204',
    make: argument => when(everyNth(argument), empty(204)),
  },
  {
    says: 'vanish:N',
    does: 'every Nth request for one object, or for its children, gets a 404: it has been deleted',
    make: argument => {
      const now = everyNth(argument)
      return { intercept: request => (request.route?.path.includes('{') && now() ? refuse(404) : undefined) }
    },
  },
  {
    says: 'redirect-away:ORIGIN',
    does: 'always 302 to the same path of another origin (https://elsewhere.example.com)',
    make: origin => ({
      intercept: request =>
        empty(302, {
          location: `${origin || 'https://elsewhere.example.com'}${request.path}?${request.query}`,
        }),
    }),
  },
]

function always(response: Response): () => Fault {
  return () => when(() => true, response)
}

function when(now: () => boolean, response: Response): Fault {
  return { intercept: () => (now() ? response : undefined) }
}

function rewriteRetryAfter(response: Response, what: string, now: number): Response {
  if (response.status !== 429 && response.status !== 503) return response
  if (what === 'date') return withRetryAfter(response, new Date(now + 2000).toUTCString())
  if (what === 'absurd') return withRetryAfter(response, '31536000')
  if (what !== 'absent') return withRetryAfter(response, what)
  const { 'retry-after': _, ...headers } = response.headers
  return { ...response, headers }
}

function withRetryAfter(response: Response, value: string): Response {
  return { ...response, headers: { ...response.headers, 'retry-after': value } }
}
