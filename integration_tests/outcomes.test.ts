import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import type { SimulatorOptions } from '../simulator/options.ts'
import { startSimulator } from '../simulator/server.ts'
import type { Ended, RunOptions } from './harness/program.ts'
import { catalogOf, configFor, errorsOf, read, storyOf } from './harness/sync.ts'

interface Situation {
  readonly says: string
  readonly world?: SimulatorOptions
  readonly config?: object
  readonly streams: readonly string[]
  readonly code: number | null
  readonly signal?: string
  readonly story: Readonly<Record<string, readonly string[]>>
  /** failure_type and the beginning of the message of every error, in order. */
  readonly errors: readonly (readonly [string, RegExp])[]
  /** SIGTERM is sent when a line holds this. */
  readonly terminateAt?: string
}

const FINE = ['STARTED', 'RUNNING', 'record', 'STATE', 'COMPLETE']

const SITUATIONS: readonly Situation[] = [
  {
    says: 'all is well',
    streams: ['agents', 'queues'],
    code: 0,
    story: { agents: FINE, queues: FINE },
    errors: [],
  },
  {
    says: 'an empty stream is said to be complete, with a state and without RUNNING',
    world: { agents: 0 },
    streams: ['agents'],
    code: 0,
    story: { agents: ['STARTED', 'STATE', 'COMPLETE'] },
    errors: [],
  },
  {
    says: 'one stream is refused (403): the others finish, and the error comes last',
    world: { faults: 'status-403@/api/v2/agents' },
    streams: ['agents', 'queues'],
    code: 1,
    story: { agents: ['STARTED', 'INCOMPLETE', 'config_error'], queues: FINE },
    errors: [['config_error', /^Babelforce refused GET \/api\/v2\/agents \(403/]],
  },
  {
    says: 'one stream is down (503) and one refused (403): the transient error comes first',
    world: { faults: 'status-403@/api/v2/agents,status-503@/api/v2/queues' },
    streams: ['agents', 'queues', 'users'],
    code: 1,
    story: {
      agents: ['STARTED', 'INCOMPLETE', 'config_error'],
      queues: ['STARTED', 'transient_error', 'INCOMPLETE'],
      users: FINE,
    },
    errors: [
      ['transient_error', /^Babelforce cannot answer GET \/api\/v2\/queues now \(503/],
      ['config_error', /^Babelforce refused GET \/api\/v2\/agents/],
    ],
  },
  {
    says: 'the password is wrong: nothing can succeed, and it is said once',
    config: {
      credentials: { auth_type: 'password', username: 'demo@example.com', password: 'wrong-secret' },
    },
    streams: ['agents', 'queues'],
    code: 1,
    story: { agents: ['STARTED', 'INCOMPLETE'], queues: ['STARTED', 'INCOMPLETE'] },
    errors: [['config_error', /^Babelforce refused the sign-in \(400/]],
  },
  {
    says: 'the access token is wrong: its sentence names OAuth as the way forward',
    config: {
      credentials: { auth_type: 'access_token', access_id: 'demo-id', access_token: 'wrong-secret' },
    },
    streams: ['agents'],
    code: 1,
    story: { agents: ['STARTED', 'INCOMPLETE'] },
    errors: [['config_error', /^Babelforce does not accept the credentials.*OAuth/]],
  },
  {
    says: 'the catalog names an unknown stream: the others are read',
    streams: ['wrap_ups', 'queues'],
    code: 1,
    story: { wrap_ups: ['STARTED', 'INCOMPLETE', 'config_error'], queues: FINE },
    errors: [['config_error', /^The catalog selects a stream "wrap_ups"/]],
  },
  {
    says: 'SIGTERM: the stream is incomplete, and the process ends by the signal',
    world: { calls: 200_000, latencyMs: 20 },
    streams: ['calls'],
    code: null,
    signal: 'SIGTERM',
    story: { calls: ['STARTED', 'STATE', 'RUNNING', 'record', 'STATE', 'INCOMPLETE'] },
    errors: [['transient_error', /^The sync was stopped/]],
    terminateAt: '"type":"RECORD"',
  },
]

for (const { says, world, config, streams, code, signal = null, story, errors, terminateAt } of SITUATIONS) {
  test(says, async () => {
    await using simulator = await startSimulator({ calls: 20, ...world })
    const ended = await read({
      config: configFor(simulator, config),
      catalog: catalogOf(streams),
      ...(terminateAt === undefined ? {} : { onLine: terminating(terminateAt) }),
    })
    for (const [stream, chapters] of Object.entries(story))
      assert.deepEqual(storyOf(ended, stream), chapters, stream)
    assertErrors(ended, errors)
    assert.deepEqual([ended.code, ended.signal], [code, signal], ended.stderr)
    assert.equal(ended.stdout.includes('wrong-secret'), false)
  })
}

test('the API is down: every stream is incomplete with a transient error', async () => {
  const ended = await read({
    config: configFor({ url: await closedPort() }),
    catalog: catalogOf(['agents']),
    env: { SOURCE_BABELFORCE_PATIENCE: '0.01' },
  })
  assert.equal(ended.code, 1)
  assert.deepEqual(storyOf(ended, 'agents'), ['STARTED', 'transient_error', 'INCOMPLETE'])
  assertErrors(ended, [['transient_error', /^No answer from Babelforce.*ECONNREFUSED/]])
})

test('a reader that goes away ends the connector quietly, with a non-zero exit code', async () => {
  await using simulator = await startSimulator({ calls: 50_000 })
  const ended = await read({ config: configFor(simulator), catalog: catalogOf(['calls']), closeAfter: 50 })
  assert.equal(ended.code, 1)
  assert.equal(ended.stderr, '')
})

function terminating(at: string): NonNullable<RunOptions['onLine']> {
  let sent = false
  return (line, kill) => {
    if (sent || !line.includes(at)) return
    sent = true
    kill('SIGTERM')
  }
}

function assertErrors(ended: Ended, expected: readonly (readonly [string, RegExp])[]): void {
  const errors = errorsOf(ended)
  assert.deepEqual(
    errors.map(error => error.failure_type),
    expected.map(([type]) => type),
  )
  for (const [index, [, pattern]] of expected.entries()) assert.match(errors[index].message, pattern)
}

/** An address on which nothing listens: a port that was free a moment ago. */
async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
