import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { JsonObject } from '../../src/json.ts'
import { type Studio, type StudioOptions, startStudio } from '../studio.ts'

/** What came back. */
export interface Response {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** A request as a browser would send it, or somebody else. */
export interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends a request with just these headers. */
export async function send(
  origin: string,
  { method = 'GET', path, headers = {}, body }: Sent,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const sent = request(origin + path, { method, headers, agent: false }, async answer => {
    resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) })
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}

/** The headers with which the page asks the API. */
export function pageHeaders(origin: string, session = ''): Record<string, string> {
  return {
    Origin: origin,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    ...(session === '' ? {} : { 'X-Studio-Session': session }),
  }
}

/** A studio with a page that is connected to it. */
export interface Connected extends AsyncDisposable {
  readonly studio: Studio
  readonly session: string
  /** Asks the API as the page does. */
  ask(call: string, body?: object): Promise<{ readonly status: number; readonly value: JsonObject }>
}

/** Starts a studio and connects to it. */
export async function connect(options: StudioOptions): Promise<Connected> {
  const studio = await startStudio(options)
  const [origin = '', token = ''] = studio.newAddress().split('/#')
  const ask =
    (session: string) =>
    async (call: string, body: object = {}) => {
      const headers = pageHeaders(origin, session)
      const { status, text } = await send(origin, {
        method: 'POST',
        path: `/api/${call}`,
        headers,
        body: JSON.stringify(body),
      })
      return { status, value: JSON.parse(text) }
    }
  const session = String((await ask('')('session', { token })).value.session)
  return { studio, session, ask: ask(session), [Symbol.asyncDispose]: () => studio[Symbol.asyncDispose]() }
}

/** What a simulator has been asked so far: how many requests, sign-ins and synchronizations of agents. */
export async function statsOf(url: string): Promise<{ total: number; grants: number; syncs: number }> {
  return (await fetch(`${url}/__stats`)).json() as Promise<{ total: number; grants: number; syncs: number }>
}
