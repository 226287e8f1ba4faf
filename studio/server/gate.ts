/** Why a request is not served. */
export interface Refusal {
  readonly status: number
  readonly error: string
}

/** What is looked at of a request before anything else is done with it. */
export interface Knock {
  readonly method: string | undefined
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** The header that holds the session. */
const SESSION_HEADER = 'x-studio-session'

/** What the API is asked at. */
export const API = '/api/'

/** The one call that needs no session, since it trades a token for one. */
const OPENING = '/api/session'

interface Rule {
  readonly status: number
  readonly error: string
  readonly breaks: (knock: Knock, origin: string, isOpen: (session: string) => boolean) => boolean
}

/** In this order; the first that is broken decides. Source of the header's values: W3C Fetch Metadata. */
const RULES: readonly Rule[] = [
  {
    status: 421,
    error: 'This is the studio of source-babelforce; it is served at its own address only.',
    breaks: ({ headers }, origin) => headers['host'] !== new URL(origin).host,
  },
  {
    status: 403,
    error: 'Requests of other sites are refused.',
    breaks: ({ headers, path }, origin) =>
      headers['origin'] === undefined ? path.startsWith(API) : headers['origin'] !== origin,
  },
  {
    status: 403,
    error: 'Requests that another site set off are refused.',
    breaks: ({ headers, path }) => !isOwn(headers, path),
  },
  {
    status: 405,
    error: 'Wrong method: pages are read by GET, the API is asked by POST.',
    breaks: ({ method, path }) => method !== (path.startsWith(API) ? 'POST' : 'GET'),
  },
  {
    status: 415,
    error: 'The API takes application/json only.',
    breaks: ({ headers, path }) => path.startsWith(API) && headers['content-type'] !== 'application/json',
  },
  {
    status: 401,
    error: 'This page is no longer connected to the studio. Press Enter in the terminal for a new address.',
    breaks: ({ headers, path }, _, isOpen) =>
      path.startsWith(API) && path !== OPENING && !isOpen(headers[SESSION_HEADER] ?? ''),
  },
]

/** Why the request is refused by a server at this origin; undefined where it may pass. */
export function refusalOf(
  knock: Knock,
  origin: string,
  isOpen: (session: string) => boolean,
): Refusal | undefined {
  const rule = RULES.find(({ breaks }) => breaks(knock, origin, isOpen))
  return rule === undefined ? undefined : { status: rule.status, error: rule.error }
}

/** Whether the studio's own page asks; or the browser comes to the page itself as a whole, be it through the redirect file. */
function isOwn(headers: Knock['headers'], path: string): boolean {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin') return true
  if (path !== '/') return false
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isNavigation && (site === 'none' || site === 'cross-site')
}
