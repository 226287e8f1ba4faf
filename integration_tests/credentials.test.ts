import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import { catalogOf, configFor, errorsOf, read, statsOf } from './harness/sync.ts'

/** Five kinds of credentials × five fates × two worlds: what is said, how it ends, and how many tokens were asked for. */
type Kind = 'password' | 'client_credentials' | 'refresh_token' | 'bearer' | 'access_token'

const client = { client_id: 'demo-client', client_secret: 'demo-secret' }

const RIGHT: Readonly<Record<Kind, (simulator: Simulator) => Promise<object>>> = {
  password: async () => ({ username: 'demo@example.com', password: 'demo-password' }),
  client_credentials: async () => client,
  refresh_token: async () => ({ refresh_token: 'demo-refresh-token', ...client }),
  bearer: async simulator => ({ bearer_token: await tokenOf(simulator) }),
  access_token: async () => ({ access_id: 'demo-id', access_token: 'demo-token' }),
}

const WRONG: Readonly<Record<Kind, object>> = {
  password: { username: 'demo@example.com', password: 'not-the-one' },
  client_credentials: { client_id: 'demo-client', client_secret: 'not-the-one' },
  refresh_token: { refresh_token: 'not-the-one', ...client },
  bearer: { bearer_token: 'not-the-one' },
  access_token: { access_id: 'demo-id', access_token: 'not-the-one' },
}

const REFUSED: Readonly<Record<Kind, RegExp>> = {
  password: /^Babelforce refused the sign-in \(400.*Check the user name and password/,
  client_credentials:
    /^Babelforce refused the sign-in \(401.*Check the client id and secret of the application/,
  refresh_token:
    /^Babelforce refused the sign-in \(400.*Sign in again: this refresh token is spent, revoked.*14 days/,
  bearer: /^Babelforce does not accept the credentials for GET .*\(401/,
  access_token: /^Babelforce does not accept the credentials for GET .*\(401.*OAuth/,
}

interface Fate {
  readonly says: string
  readonly faults?: string
  readonly wrong?: boolean
  /** How it ends for credentials that are exchanged for tokens, and for those that are sent as they are. */
  readonly granted: Outcome
  readonly fixed: Outcome
}

interface Outcome {
  readonly code: number
  readonly message?: RegExp
  /** Requests to the token endpoint; `again`: one for every three requests that were answered, and no more. */
  readonly asked: number | 'again'
}

const REVOKED = /^Babelforce does not accept the credentials for GET \/api\/v2\/queues \(401/
const FORBIDDEN = /^Babelforce refused GET \/api\/v2\/queues \(403/

const FATES: readonly Fate[] = [
  { says: 'right', granted: { code: 0, asked: 1 }, fixed: { code: 0, asked: 0 } },
  { says: 'wrong', wrong: true, granted: { code: 1, asked: 1 }, fixed: { code: 1, asked: 0 } },
  {
    says: 'expired in mid-sync',
    faults: 'token-dies:3',
    granted: { code: 0, asked: 'again' },
    fixed: { code: 1, asked: 0, message: /^Babelforce does not accept the credentials/ },
  },
  {
    // Renewed three times before it is believed.
    says: 'refused by one path',
    faults: 'status-401@/api/v2/queues',
    granted: { code: 1, asked: 4, message: REVOKED },
    fixed: { code: 1, asked: 0, message: REVOKED },
  },
  {
    says: 'forbidden',
    faults: 'status-403@/api/v2/queues',
    granted: { code: 1, asked: 1, message: FORBIDDEN },
    fixed: { code: 1, asked: 0, message: FORBIDDEN },
  },
]

for (const world of ['documented', 'seed'] as const) {
  describe(`in the ${world} world`, { concurrency: 3 }, () => {
    for (const kind of Object.keys(RIGHT) as Kind[]) {
      for (const fate of FATES) test(`${kind}, ${fate.says}`, () => tryFate(world, kind, fate))
    }
  })
}

async function tryFate(world: 'documented' | 'seed', kind: Kind, fate: Fate): Promise<void> {
  await using simulator = await startSimulator({ world, agents: 20, faults: fate.faults ?? '' })
  const fields = fate.wrong === true ? WRONG[kind] : await RIGHT[kind](simulator)
  await fetch(`${simulator.url}/__stats/reset`, { method: 'POST' })
  const config = configFor(simulator, {
    credentials: { auth_type: kind, ...fields },
    concurrency: 1,
    page_size: 10,
  })
  const ended = await read({ config, catalog: catalogOf(['agents', 'users', 'queues']) })
  const expected = expectedOf(kind, fate)
  assert.equal(ended.code, expected.code, ended.stdout)
  const { requests } = await statsOf(simulator)
  assert.equal(
    requests['/oauth/token'] ?? 0,
    expected.asked === 'again' ? tokensFor(requests) : expected.asked,
  )
  if (expected.code === 0) return
  assert.deepEqual(
    errorsOf(ended).map(error => error.failure_type),
    ['config_error'],
  )
  assert.match(errorsOf(ended)[0].message, expected.message ?? REFUSED[kind])
}

/** How many tokens it takes when each one is good for three requests: the fourth is refused, and sent again. */
function tokensFor(requests: Readonly<Record<string, number>>): number {
  const { '/oauth/token': tokens = 0, ...others } = requests
  const sent = Object.values(others).reduce((sum, count) => sum + count, 0)
  return Math.ceil((sent - (tokens - 1)) / 3)
}

/** Access id and token are no token: they do not expire with one. */
function expectedOf(kind: Kind, fate: Fate): Outcome {
  if (kind === 'access_token' && fate.says === 'expired in mid-sync') return { code: 0, asked: 0 }
  return kind === 'bearer' || kind === 'access_token' ? fate.fixed : fate.granted
}

async function tokenOf({ url }: Simulator): Promise<string> {
  const form = { grant_type: 'password', username: 'demo@example.com', password: 'demo-password' }
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  return ((await answer.json()) as { access_token: string }).access_token
}
