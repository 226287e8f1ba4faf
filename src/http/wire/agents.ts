import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'

/** The connections to one origin. */
export interface Connections {
  /** Scheme, host and port that every path is joined to. */
  readonly origin: string
  /** How many there are at most. */
  readonly concurrency: number
  /** How long one request may take in all. */
  readonly timeoutMs: number
  /** The origin must not lie in a private network, whatever its name says. */
  readonly isAbroad?: boolean
}

/** When an idle connection is probed. Axios asks the same of each socket; another time here would make two calls of the
 *  system for each request. */
const KEEP_ALIVE_MS = 60_000

/** The agent that holds an origin's connections, through the proxy that is named, by the name that axios has for it. Rejects
 *  where the origin must not lie in a private network, and does, if a proxy is to find it. */
export async function agentFor(to: Connections, proxyEnv: Record<string, string> | undefined) {
  const guard = to.isAbroad === true ? await publicOnly(new URL(to.origin), proxyEnv !== undefined) : {}
  const sockets = {
    keepAlive: true,
    keepAliveMsecs: KEEP_ALIVE_MS,
    maxSockets: to.concurrency,
    noDelay: true,
    timeout: to.timeoutMs,
    proxyEnv,
    ...guard,
  }
  return to.origin.startsWith('https:')
    ? { httpsAgent: new HttpsAgent({ ...sockets, rejectUnauthorized: true }) }
    : { httpAgent: new HttpAgent(sockets) }
}

/** How the name of a host elsewhere is looked up, so that it leads into no private network. Rejects where a proxy is to look
 *  it up, and it does so here. Loaded only where another host is asked. */
async function publicOnly(
  { hostname }: URL,
  isProxied: boolean,
): Promise<{ readonly lookup: LookupFunction }> {
  const { createPublicLookup, refuseHidden } = await import('./private-hosts.ts')
  if (isProxied) await refuseHidden(hostname)
  return { lookup: createPublicLookup(hostname) }
}
