import type { SimulatorOptions } from './options.ts'
import { type Simulator, startSimulator } from './server.ts'

/** A Wednesday afternoon, when the worlds of the tests end. */
export const wednesday = Date.parse('2026-05-20T14:00:00Z')

/** A clock that moves only when told to. */
export function makeClock(start = wednesday) {
  let time = start
  return {
    now: () => time,
    tick: (ms: number) => {
      time += ms
    },
  }
}

/** What came back. `body` is the parsed JSON, or the text when it is not JSON. */
interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: ReturnType<typeof JSON.parse>
}

/** A simulator with a client that sends the static pair of headers. */
export interface Bench extends Simulator {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>
  readonly post: (path: string, form?: Readonly<Record<string, string>>) => Promise<Reply>
}

/** The headers that authenticate a request without a token. */
export const pair = { 'X-Auth-Access-Id': 'demo-id', 'X-Auth-Access-Token': 'demo-token' }

/** Starts a simulator whose clock is stopped at `wednesday` unless the options bring one. */
export async function open(options: SimulatorOptions = {}): Promise<Bench> {
  const simulator = await startSimulator({ now: () => wednesday, ...options })
  const send = async (path: string, init: RequestInit) => reply(await fetch(simulator.url + path, init))
  return {
    ...simulator,
    get: (path, headers = pair) => send(path, { headers, redirect: 'manual' }),
    post: (path, form = {}) => send(path, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

/** Every record of a list, read page by page up to an empty one, and how many pages had records. */
export async function walk(api: Bench, page: (number: number) => string, container: string) {
  const records: Record<string, unknown>[] = []
  for (let number = 1; ; number++) {
    const { body } = await api.get(page(number))
    if (body[container].length === 0) return { records, pages: number - 1 }
    records.push(...body[container])
  }
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
