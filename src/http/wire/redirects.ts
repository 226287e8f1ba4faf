import { configError } from '../../errors.ts'
import { excerpt } from '../../json.ts'
import { pathOf, type Reply, type Request, type Send } from '../types.ts'

const MOST = 5
const MOVED = [301, 302, 303, 307, 308]

/** Follows redirects of GET requests within the origin, a few at most; more is a config_error. One that leads elsewhere
 *  is returned as it came: credentials go to the configured origin only. */
export function followingRedirects(send: Send, origin: string): Send {
  return async request => {
    let at = request
    for (let count = 0; count <= MOST; count++) {
      const reply = await send(at)
      const next = nextOf(at, reply, origin)
      if (next === undefined) return reply
      at = next
    }
    throw configError(
      `The host redirects ${request.method} ${pathOf(request)} more than ${MOST} times, the last time to ` +
        `${excerpt(pathOf(at))}. Enter the host of the API itself as environment or base_url.`,
    )
  }
}

function nextOf(request: Request, reply: Reply, origin: string): Request | undefined {
  const { location } = reply.headers
  if (!MOVED.includes(reply.status) || request.method !== 'GET' || location === undefined) return undefined
  const base = new URL(request.path, origin)
  if (!URL.canParse(location, base.href)) return undefined
  const target = new URL(location, base)
  const { query, ...rest } = request
  return target.origin === origin ? { ...rest, path: target.pathname + target.search } : undefined
}
