import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SimulatorOptions } from '../simulator/options.ts'
import { startSimulator } from '../simulator/server.ts'
import { type Ended, runProgram } from './harness/program.ts'
import { configFor, errorsOf, statsOf } from './harness/sync.ts'

const check = (config: unknown): Promise<Ended> =>
  runProgram(['check', '--config', 'config.json'], { files: { 'config.json': config } })

const statusOf = ({ messages }: Ended) =>
  messages.find(one => one.type === 'CONNECTION_STATUS')?.connectionStatus

test('check succeeds with either kind of credentials, in at most ten requests', async () => {
  await using simulator = await startSimulator()
  const pair = { auth_type: 'access_token', access_id: 'demo-id', access_token: 'demo-token' }
  for (const more of [{}, { credentials: pair }]) {
    const ended = await check(configFor(simulator, more))
    assert.deepEqual(statusOf(ended), { status: 'SUCCEEDED' })
    assert.equal(ended.code, 0)
    assert.ok((await statsOf(simulator)).total <= 10)
    await fetch(`${simulator.url}/__stats/reset`, { method: 'POST' })
  }
})

interface Fault {
  readonly says: string
  readonly world?: SimulatorOptions
  readonly config: object
  readonly message: RegExp
}

const login = (username: string, password: string) => ({
  credentials: { auth_type: 'password', username, password },
})

const FAULTS: readonly Fault[] = [
  {
    says: 'a wrong password',
    config: login('demo@example.com', 'wrong'),
    message: /^Babelforce refused the sign-in \(400.*Check the user name and password/,
  },
  {
    says: 'a wrong access token',
    config: { credentials: { auth_type: 'access_token', access_id: 'demo-id', access_token: 'wrong' } },
    message: /^Babelforce does not accept the credentials for GET \/api\/v2\/agents \(401/,
  },
  {
    says: 'a user without manager rights',
    config: login('agent@example.com', 'demo-password'),
    message:
      /^Babelforce accepts the sign-in, but refuses access to everything \(403.*Give the user the manager role/,
  },
  {
    says: 'an org_key that is none of a sub-account',
    config: {
      credentials: {
        auth_type: 'client_credentials',
        client_id: 'demo-client',
        client_secret: 'demo-secret',
        org_key: 'nobody',
      },
    },
    message: /refuses access to everything \(403.*Check org_key \(nobody\): it must be the orgKey of one/,
  },
  {
    says: 'a start date after the end date',
    config: { start_date: '2026-05-01T00:00:00Z', end_date: '2026-04-01T00:00:00Z' },
    message:
      /^start_date \(2026-05-01T00:00:00Z\) is after end_date \(2026-04-01T00:00:00Z\); it must be before it/,
  },
  {
    says: 'a plain http address elsewhere',
    config: { base_url: 'http://services.babelforce.com' },
    message: /^base_url must begin with https/,
  },
]

for (const { says, world, config, message } of FAULTS) {
  test(`check fails for ${says}, and says what to change`, async () => {
    await using simulator = await startSimulator(world)
    const ended = await check(configFor(simulator, config))
    assert.equal(statusOf(ended).status, 'FAILED')
    assert.match(statusOf(ended).message, message)
    assert.equal(ended.code, 0)
    assert.deepEqual(errorsOf(ended), [])
  })
}

test('check fails for a host that does not exist', async () => {
  const ended = await check({ ...configFor({ url: 'https://no-such-account.invalid' }) })
  assert.equal(statusOf(ended).status, 'FAILED')
  assert.match(statusOf(ended).message, /^There is no host for this environment \(getaddrinfo ENOTFOUND/)
})

const TROUBLES = [
  { says: '503 from the API', world: { faults: 'status-503@/api' }, url: undefined, message: /\(503/ },
  { says: 'a refused connection', world: {}, url: 'http://127.0.0.1:1', message: /ECONNREFUSED/ },
] as const

for (const { says, world, url, message } of TROUBLES) {
  test(`check gives no verdict on ${says}, but a transient error and a non-zero exit code`, async () => {
    await using simulator = await startSimulator(world)
    const ended = await check(configFor(url === undefined ? simulator : { url }))
    assert.equal(statusOf(ended), undefined)
    assert.deepEqual(
      errorsOf(ended).map(error => error.failure_type),
      ['transient_error'],
    )
    assert.match(errorsOf(ended)[0].message, message)
    assert.equal(ended.code, 1)
  })
}

const custom = (name: string, more: object = {}) => ({
  name,
  url: '/api/v2/agents',
  data_path: '$.items',
  ...more,
})

const NOTICED: readonly { says: string; faults?: string; config: object; message: RegExp }[] = [
  {
    says: 'a field that is not known, with the one that was meant',
    config: { start_dat: '2026-01-01' },
    message: /^The config may have a mistake: start_dat is not a known field; did you mean start_date\?$/,
  },
  {
    says: 'a start in the future',
    config: { start_date: '2126-01-01' },
    message: /^start_date \(2126-01-01\) is in the future, so nothing is read until then\.$/,
  },
  {
    says: 'streams that these credentials may not read',
    faults: 'status-403@/api/v2/audit',
    config: {},
    message: /^These credentials cannot read: audit \(stream audit_logs\)\.$/,
  },
  {
    says: 'custom streams that were not tried',
    config: { custom_streams: [custom('one'), custom('two', { method: 'POST', body: '{}' })] },
    message: /^Not tried: two\. Try them with the command sample\.$/,
  },
]

for (const { says, faults = '', config, message } of NOTICED)
  test(`check succeeds, and says that it noticed ${says}`, async () => {
    await using simulator = await startSimulator({ faults })
    const { status, message: said } = statusOf(await check(configFor(simulator, config)))
    assert.equal(status, 'SUCCEEDED', said)
    assert.match(said, message)
  })
