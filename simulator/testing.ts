import type { SimulatorOptions } from './options.ts'
import { type Simulator, startSimulator } from './server.ts'

/** A Wednesday afternoon, at which the worlds of the tests end. */
export const wednesday = Date.parse('2026-05-20T14:00:00Z')

/** A clock that only moves when told to. */
export function makeClock(start = wednesday) {
  let time = start
  return {
    now: () => time,
    tick: (ms: number) => {
      time += ms
    },
  }
}

/** What came back. `body` is the parsed JSON, or the text where it is none. */
interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: ReturnType<typeof JSON.parse>
}

/** A simulator with a client of it that carries the static pair. */
export interface Bench extends Simulator {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>
  readonly post: (path: string, form?: Readonly<Record<string, string>>) => Promise<Reply>
}

/** The headers that sign a request in without a token. */
export const pair = { 'X-Auth-Access-Id': 'demo-id', 'X-Auth-Access-Token': 'demo-token' }

/** Starts a simulator that stands still on `wednesday` unless the options bring a clock. */
export async function open(options: SimulatorOptions = {}): Promise<Bench> {
  const simulator = await startSimulator({ now: () => wednesday, ...options })
  const send = async (path: string, init: RequestInit) => reply(await fetch(simulator.url + path, init))
  return {
    ...simulator,
    get: (path, headers = pair) => send(path, { headers, redirect: 'manual' }),
    post: (path, form = {}) => send(path, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

/** Every record of a list, page after page until an empty one, and how many pages had records. */
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
