import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeTokens } from './auth/tokens.ts'
import { type Controls, controlResponse } from './control.ts'
import { deliver } from './deliver.ts'
import { type Api, respond } from './exchange.ts'
import { makeFaults } from './faults/index.ts'
import { completeOptions, type Options, type SimulatorOptions } from './options.ts'
import type { Request } from './request.ts'
import { registers, routes } from './routes/index.ts'
import { type Match, makeMatcher } from './routing/match.ts'
import { makeStats } from './stats.ts'
import type { World } from './world/view.ts'
import { makeWorld } from './world/world.ts'

/** A running simulator. */
export interface Simulator extends AsyncDisposable {
  readonly url: string
  readonly world: World
  /** From now on it has these faults and no others, as --faults takes them. */
  readonly setFaults: (list: string) => void
  /** Stops it and closes every connection to it. */
  readonly stop: () => Promise<void>
}

/** Starts a simulator on loopback, ready when the promise resolves. Throws when the options do not fit. */
export async function startSimulator(given: SimulatorOptions = {}): Promise<Simulator> {
  const options = completeOptions(given)
  let aheadMs = 0
  const faultsIn = (list: string) => makeFaults(withPageCap(list, options))
  let faults = faultsIn(options.faults)
  const api = makeApi(options, { clock: () => options.now() + aheadMs, faults: () => faults })
  prerender(api.world)
  const passTime = (ms: number) => {
    aheadMs += ms
  }
  const setFaults = (list: string) => {
    faults = faultsIn(list)
  }
  const listener = makeListener(options, api, { passTime, setFaults })
  const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, listener)
  const url = await listen(server, options.port)
  const end = () => stop(server)
  return { url, world: api.world, setFaults, stop: end, [Symbol.asyncDispose]: end }
}

// A cap that pages tell is clamp-size.
function withPageCap(list: string, { pageCap }: Options): string {
  return pageCap === 0 ? list : `${list},clamp-size:${pageCap}`
}

function makeApi(options: Options, { clock, faults }: Pick<Api, 'clock' | 'faults'>): Api {
  const { seed, days, age, together, live, prerendered, calls, agents, queues, lists, leads } = options
  const sizes = { calls, agents, queues, lists, leads }
  const world = makeWorld({ seed, days, age, together, live, clock, prerendered, registers, sizes })
  const tokens = makeTokens(seed, options.tokenSeconds, clock)
  return { world, clock, tokens, stats: makeStats(), faults }
}

// A prerendered world renders before it reports that it is ready.
function prerender(world: World): void {
  for (const view of [world.legs, world.report]) view.prerendered?.(world.now())
}

type Exchange = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

function makeListener(options: Options, api: Api, more: Pick<Controls, 'passTime' | 'setFaults'>) {
  const match = makeMatcher(routes, options.world)
  const controls = { world: api.world, worldName: options.world, routes, stats: api.stats, ...more }
  const exchange: Exchange = async (incoming, outgoing) => {
    const path = pathOf(incoming)
    const found = match(incoming.method ?? 'GET', path)
    const inside = path.startsWith('/__')
    if (!inside) outgoing.once('close', api.stats.begin(path))
    const request = requestOf(incoming, path, found, incoming.method === 'GET' ? '' : await text(incoming))
    if (!inside && options.latencyMs > 0) await sleep(options.latencyMs)
    const response = inside ? controlResponse(request, controls) : respond(request, found, api)
    if (!inside) options.watch(request, response)
    await deliver(response, incoming, outgoing, api.clock())
  }
  return (incoming: IncomingMessage, outgoing: ServerResponse) =>
    void exchange(incoming, outgoing).catch(error => giveUp(outgoing, error))
}

// A client that hangs up mid-request is not the simulator's fault; anything else should show in the response.
function giveUp(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy()
  outgoing.writeHead(500, { 'content-type': 'application/json' })
  outgoing.end(JSON.stringify({ error: `the simulator failed: ${String(error)}` }))
}

function pathOf(incoming: IncomingMessage): string {
  return (incoming.url ?? '/').split('?', 1)[0] ?? '/'
}

function requestOf(incoming: IncomingMessage, path: string, { route, params }: Match, body: string): Request {
  const query = new URLSearchParams((incoming.url ?? '').slice(path.length + 1))
  return { method: incoming.method ?? 'GET', path, query, headers: incoming.headers, body, route, params }
}

async function listen(server: Server, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}
