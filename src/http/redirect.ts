import type { Reply, Request, Send } from './types.ts'

const MOST = 5
const MOVED = [301, 302, 303, 307, 308]

/** Follows redirects of GET requests within the origin, a few at most. One that leads elsewhere is given back as it came:
 *  credentials go to the configured origin only. */
export function followingRedirects(send: Send, origin: string): Send {
  return async request => {
    let at = request
    let reply = await send(at)
    for (let count = 0; count < MOST; count++) {
      const next = nextOf(at, reply, origin)
      if (next === undefined) return reply
      at = next
      reply = await send(at)
    }
    return reply
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
