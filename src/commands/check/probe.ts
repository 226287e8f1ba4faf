import { holdsMore, refuseError } from '../../engine/fetch/error-envelope.ts'
import { ConnectorError, configError } from '../../errors.ts'
import { BadBody, type Call, type Query, type Reply } from '../../http/types.ts'
import { isObject, type Json } from '../../json.ts'
import { parseJson, TooDeep } from '../../json-text.ts'
import { STREAMS } from '../../streams/index.ts'

/** One cheap request that shows whether an area of the API can be read. */
interface Probe {
  readonly area: string
  readonly path: string
  readonly query?: Query
}

/** One for each area, never a POST. Including the sign-in, a check costs at most ten requests, and one more for each custom
 *  stream that is tried. */
const PROBES: readonly Probe[] = [
  { area: 'agents', path: '/api/v2/agents', query: { page: 1, max: 1 } },
  { area: 'calls', path: '/api/v2/calls/reporting/simple', query: { page: 1, max: 1 } },
  { area: 'conversations', path: '/api/v2/conversations', query: { page: 1, max: 1 } },
  { area: 'outbound', path: '/api/v2/outbound/lists' },
  { area: 'metrics', path: '/api/v2/metrics/agents.total' },
  { area: 'audit', path: '/api/v2/audit/request', query: { page: 1, max: 1 } },
  { area: 'tasks', path: '/api/v3/tasks', query: { page: 1, page_size: 1 } },
  { area: 'SCIM users', path: '/auth/scim/v2/Users', query: { startIndex: 1, count: 1 } },
]

/** What a probe found: the area is readable, closed to these credentials, or not served here. */
export interface Finding {
  readonly area: string
  readonly is: 'open' | 'closed' | 'absent'
}

/** What the probes found, and how far this machine's clock is ahead of the server's, if the server gives its time. */
export interface Findings {
  readonly areas: readonly Finding[]
  readonly skewMs: number | undefined
}

/** Probes every area. The first probe decides whether there is a Babelforce API at all and whether it accepts the sign-in: its
 *  errors are thrown, except a refusal of the area itself. */
export async function probeAreas(call: Call, now: () => number): Promise<Findings> {
  const [first, ...others] = PROBES
  if (first === undefined) return { areas: [], skewMs: undefined }
  let skewMs: number | undefined
  const look = (reply: Reply) => {
    const server = Date.parse(reply.headers['date'] ?? '')
    if (!Number.isNaN(server)) skewMs = now() - server
    refuseUseless(reply)
  }
  const areas = [await probe(call, first, look)]
  areas.push(...(await Promise.all(others.map(one => probe(call, one, refuseUseless)))))
  return { areas, skewMs }
}

/** How many streams of an area are named. */
const MOST_NAMED = 5

/** An area with the streams that read from it: "agents (streams agent_groups, agents and 9 more)". */
export function withStreams(area: string): string {
  const { path = '' } = PROBES.find(one => one.area === area) ?? {}
  const [, root = path] = /^(\/(?:api\/v\d|auth\/scim\/v\d)\/[^/]+)/.exec(path) ?? []
  const names = STREAMS.filter(def => def.hidden !== true && def.routes[0].path.startsWith(root)).map(
    def => def.name,
  )
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return `${area} (${names.length === 1 ? 'stream' : 'streams'} ${names.slice(0, MOST_NAMED).join(', ')}${more})`
}

async function probe(
  call: Call,
  { area, path, query = {} }: Probe,
  look: (reply: Reply) => void,
): Promise<Finding> {
  try {
    await call({ method: 'GET', path, query }, look)
    return { area, is: 'open' }
  } catch (error) {
    const status = error instanceof ConnectorError && error.scope !== 'run' ? error.status : undefined
    if (status === 403) return { area, is: 'closed' }
    if (status === 404 || status === 405 || (status === 401 && area.startsWith('SCIM')))
      return { area, is: 'absent' }
    throw error
  }
}

/** Refuses a response that holds nothing of the area: neither a list nor an object, or an error in spite of its status. */
function refuseUseless(reply: Reply): void {
  const body = parse(reply)
  if (isObject(body)) refuseError(body, holdsMore(body))
  else if (!Array.isArray(body)) throw new BadBody('it is not a JSON object')
}

/** A response's JSON. Refuses what the Babelforce API would never send: a web page. */
function parse({ bytes, headers }: Reply): Json {
  const text = bytes.toString('utf8')
  if (/^\s*</.test(text) && !(headers['content-type'] ?? '').includes('json')) {
    throw configError(
      'This host responds with a web page where Babelforce would send data, so it is not the API. Check the ' +
        'environment ("services", or the first part of your own address) or the base_url, and any proxy in between.',
      { scope: 'run' },
    )
  }
  try {
    return parseJson(text)
  } catch (error) {
    throw new BadBody(error instanceof TooDeep ? error.message : 'it is not JSON')
  }
}
