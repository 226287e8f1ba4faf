import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { open, pair, wednesday } from '../testing.ts'
import { faultTable } from './index.ts'

const DAY_S = 86_400
const now = wednesday / 1000
const form = { grant_type: 'client_credentials', client_id: 'demo-client', client_secret: 'demo-secret' }

const calls = '/api/v2/calls/reporting/simple'

/** Requests to a fresh simulator, at least one of which must show each fault; `agents` are the agents' ids,
 *  `newest` the unix second of the newest call. */
const probesFor = (agents: readonly string[], newest: number): readonly string[] => [
  ...agents.map(agent => `/api/v2/agents/${agent}`),
  ...['page=1', 'page=2', 'page=3'].map(page => `/api/v2/agents?max=10&${page}`),
  '/api/v2/agents?max=2&page=11',
  '/api/v2/agents?max=101',
  '/api/v2/agents?colour=red',
  `/api/v2/agents/${agents[0]}/logs?max=1`,
  '/api/v2/outbound/leads?max=40',
  `${calls}?max=9`,
  ...[40, 400].map(days => `${calls}?max=1&time.start=${now - days * DAY_S}`),
  `${calls}?max=1&time.start=${now - DAY_S}`,
  `${calls}?max=1&time.start=${now - 5000}&time.end=${now - 1000}`,
  `${calls}?max=1&time.start=${newest}&time.end=${newest + 1}`,
  '/api/v2/metrics/agents.total',
  '/api/v2/metrics/calls.total?startDate=2026-05-20T00:00:00Z&endDate=2026-05-20T13:00:00Z',
  '/api/v2/metrics/calls.total?startDate=2026-05-10T00:00:00Z&endDate=2026-05-12T00:00:00Z',
  '/auth/scim/v2/Users?count=1',
  '/api/v2/accounts',
  '/api/v2/user/accounts',
  '/api/v2/calls/reporting?max=20',
]

// A fault that shows only in the responses of another one.
const beside: Readonly<Record<string, string>> = { 'retry-after': 'every-429' }
const whole = await seen('')
const throttled = await seen('every-429')

for (const { says } of faultTable) {
  const [name = says] = says.split(':')
  const other = beside[name]
  test(`${name} changes what a client sees${other === undefined ? '' : ` of ${other}`}`, async () => {
    const without = other === undefined ? whole : throttled
    assert.notDeepEqual(await seen(other === undefined ? name : `${other},${name}`, without), without)
  })
}

test('without a fault every client sees the same', async () => {
  assert.deepEqual(await seen(''), whole)
})

/** What a client sees of each probe, signed in with a token, and a day later with the static pair. It stops looking at the
 *  first difference from what is `usual`, and until then waits two seconds at most for a response. */
async function seen(faults: string, usual?: readonly unknown[]): Promise<readonly unknown[]> {
  await using api = await open({ faults, together: 3 })
  const granted = (await api.post('/oauth/token', form)).body
  const bearer = { authorization: `Bearer ${granted.access_token}` }
  const probes = probesFor(
    (await api.get('/__world/agents/ids')).body.slice(0, 9),
    Math.floor((api.world.log.begins(999) ?? 0) / 1000),
  )
  const views: unknown[] = [Object.keys(granted)]
  for (const headers of [bearer, pair]) {
    if (headers === pair) await api.post(`/__world/advance?seconds=${DAY_S}`)
    for (const probe of probes) {
      const view = await viewOf(api.url + probe, {
        headers,
        signal: AbortSignal.timeout(usual ? 2000 : 60_000),
      })
      views.push(view)
      if (usual && !isDeepStrictEqual(view, usual[views.length - 1])) return views
    }
  }
  return views
}

/** A response as it arrived, its body in the pieces it came in, or how it failed. */
async function viewOf(url: string, init: RequestInit): Promise<unknown> {
  try {
    const { status, headers, body } = await fetch(url, { ...init, redirect: 'manual' })
    const pieces: string[] = []
    for await (const piece of body ?? []) pieces.push(Buffer.from(piece).toString())
    return { status, headers: [...headers], pieces }
  } catch (error) {
    return { failed: error instanceof Error ? error.name : error }
  }
}
