import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Clock, NetworkError, type Reply, type Request, type Send } from './types.ts'

/** What an answer of a test server holds; 200 and nothing where it does not say. */
export interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

/** An answer, or something done to the response by hand. */
export type Step = Answer | ((response: ServerResponse) => void)

/** A request as it arrived. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface TestServer extends AsyncDisposable {
  readonly origin: string
  readonly asked: readonly Asked[]
}

/** A server on a free port of this machine that keeps what it is asked, and answers what `answer` says. */
export async function serve(answer: (asked: Asked, index: number) => Step): Promise<TestServer> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body: await text(request) }
    const step = answer(one, asked.push(one) - 1)
    if (typeof step === 'function') step(response)
    else response.writeHead(step.status ?? 200, step.headers).end(step.body)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      const closed = new Promise(done => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A whole answer with this status. */
export function reply(status: number, body: unknown = {}, headers: Record<string, string> = {}): Reply {
  return { status, headers, bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }
}

/** A send that gives these outcomes one after the other, the last one for ever, and keeps what it was asked. */
export function scripted(outcomes: readonly (Reply | Error)[]): { send: Send; asked: Request[] } {
  const asked: Request[] = []
  const send: Send = async request => {
    const outcome = outcomes[Math.min(asked.push(request), outcomes.length) - 1]
    if (outcome instanceof Error) throw outcome
    return outcome ?? Promise.reject(new NetworkError('ESCRIPT', 'the script is empty'))
  }
  return { send, asked }
}

interface TestClock extends Clock {
  /** The length of every sleep, in the order in which they began. */
  readonly slept: readonly number[]
  advance(ms: number): void
}

/** A clock that stands still until somebody sleeps: then it moves on to the end of the shortest sleep. */
export function createTestClock(options: { now?: number; random?: () => number } = {}): TestClock {
  const { now = 0, random = () => 0.5 } = options
  let at = now
  const slept: number[] = []
  let sleepers: { readonly until: number; readonly wake: () => void }[] = []
  const wakeNext = () => {
    const [first] = sleepers.sort((a, b) => a.until - b.until)
    if (first === undefined) return
    sleepers = sleepers.slice(1)
    at = Math.max(at, first.until)
    first.wake()
  }
  return {
    slept,
    now: () => at,
    random,
    advance: ms => {
      at += ms
    },
    sleep: (ms, signal) =>
      new Promise(wake => {
        if (slept.push(ms) > 10_000) throw new Error('somebody sleeps without end')
        if (signal?.aborted) return wake()
        const sleeper = { until: at + ms, wake }
        sleepers.push(sleeper)
        setImmediate(wakeNext)
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter(one => one !== sleeper)
          wake()
        })
      }),
  }
}
