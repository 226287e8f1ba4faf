import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { reply } from '../testing.ts'
import { BadBody, NetworkError, type Request, type Verdict } from '../types.ts'
import { judgeNetwork } from './network-outcomes.ts'
import { errorText, judge, judgeBody } from './outcomes.ts'

const GET: Request = { method: 'GET', path: '/api/v2/agents?name=Ada', query: { page: 2 } }

/** What the user and the platform get to see of a verdict. */
function shown(verdict: Verdict) {
  if (verdict.verdict === 'ok') return 'ok'
  const { failure, scope, message } = verdict.error
  return `${verdict.verdict}, ${failure} of the ${scope}: ${message}`
}

const said = { message: 'No\nsuch  thing' }
const statuses = [
  { in: reply(200), out: 'ok' },
  { in: reply(204, ''), out: 'ok' },
  {
    in: reply(302, '', { location: 'https://login.example/' }),
    out: 'fail, config_error of the stream: The host redirects GET /api/v2/agents to https://login.example/ (302). Credentials do not follow redirects: enter the host of the API itself as environment or base_url.',
  },
  {
    in: reply(300, ''),
    out: 'fail, config_error of the stream: The host redirects GET /api/v2/agents to nowhere (300). Credentials do not follow redirects: enter the host of the API itself as environment or base_url.',
  },
  {
    in: reply(304, ''),
    out: 'fail, config_error of the stream: The host redirects GET /api/v2/agents to nowhere (304). Credentials do not follow redirects: enter the host of the API itself as environment or base_url.',
  },
  {
    in: reply(400, said),
    out: 'fail, system_error of the stream: Babelforce did not accept GET /api/v2/agents (400: No such thing).',
  },
  {
    in: reply(401, { error: 'invalid_token' }),
    out: 'fail, config_error of the run: Babelforce does not accept the credentials for GET /api/v2/agents (401: invalid_token). Sign in again: check the user name and password, or the access id and token. Newer accounts refuse access id and token; use the OAuth user name and password instead.',
  },
  {
    in: reply(403, said),
    out: 'fail, config_error of the stream: Babelforce refused GET /api/v2/agents (403: No such thing): these credentials may not read it. Give their user the manager role under Global settings > User management, or deselect this stream.',
  },
  {
    in: reply(404, said),
    out: 'fail, system_error of the stream: Babelforce did not accept GET /api/v2/agents (404: No such thing).',
  },
  {
    in: reply(404, '<html>not here</html>'),
    out: 'retry, system_error of the stream: Babelforce did not accept GET /api/v2/agents (404).',
  },
  {
    in: reply(408),
    out: 'retry, transient_error of the stream: Babelforce cannot answer GET /api/v2/agents now (408). The sync can be tried again in a few minutes.',
  },
  {
    in: reply(425),
    out: 'retry, transient_error of the stream: Babelforce cannot answer GET /api/v2/agents now (425). The sync can be tried again in a few minutes.',
  },
  {
    in: reply(429, said),
    out: 'retry, transient_error of the stream: Babelforce limits the rate of requests (429: No such thing) at GET /api/v2/agents.',
  },
  {
    in: reply(500, said),
    out: 'retry, transient_error of the stream: Babelforce cannot answer GET /api/v2/agents now (500: No such thing). The sync can be tried again in a few minutes.',
  },
  {
    in: reply(503),
    out: 'retry, transient_error of the stream: Babelforce cannot answer GET /api/v2/agents now (503). The sync can be tried again in a few minutes.',
  },
]

for (const row of statuses) {
  test(`a ${row.in.status} means: ${row.out.slice(0, 40)}`, () => {
    const verdict = judge(GET, row.in)
    assert.equal(shown(verdict), row.out)
    if (verdict.verdict !== 'ok') assert.equal(verdict.error.status, row.in.status)
  })
}

test('a 404 that is a page is not the API’s own', () => {
  for (const [answer, isForeign] of [
    [reply(404, '<html>'), true],
    [reply(404, ''), true],
    [reply(404, '"no"'), true],
    [reply(404, {}), false],
    [reply(410, '<html>'), false],
  ] as const) {
    const verdict = judge(GET, answer)
    assert.equal(verdict.verdict !== 'ok' && verdict.error.isForeign, isForeign)
  }
})

test('a 404 that is a page is asked again also where the request explains it', () => {
  const explain = () => configError('Told by the request.', { status: 404 })
  const verdict = judge({ ...GET, explain }, reply(404, '<html>'))
  assert.equal(shown(verdict), 'retry, config_error of the stream: Told by the request.')
  assert.equal(
    shown(judge({ ...GET, explain }, reply(404, {}))),
    'fail, config_error of the stream: Told by the request.',
  )
})

const refusals = [
  {
    says: 'where another path refuses as well',
    elsewhere: 'refused',
    scope: 'run',
    status: 401,
    words: /^Babelforce does not accept the credentials for .* \(401\)\. Sign in again/,
  },
  {
    says: 'where another path accepts them',
    elsewhere: 'accepted',
    scope: 'stream',
    status: 401,
    words: /\(401\), though it does elsewhere\. Give their user access .*, or deselect this stream\.$/,
  },
  {
    says: 'where no other path could tell',
    elsewhere: 'unknown',
    scope: 'stream',
    status: undefined,
    words: /\(401\)\. Give their user access/,
  },
] as const
for (const { says, elsewhere, scope, status, words } of refusals) {
  test(`a 401 ${says} is a matter of the ${scope}, for the user`, () => {
    const verdict = judge(GET, { ...reply(401), elsewhere })
    assert.ok(verdict.verdict === 'fail')
    const { error } = verdict
    assert.deepEqual([error.failure, error.scope, error.status], ['config_error', scope, status])
    assert.match(error.message, words)
  })
}

const hint =
  'The sync can be tried again; if it stays so, check the network, a proxy, and the status of Babelforce.'
const codes = [
  { in: 'ESTOPPED', out: 'fail, transient_error of the run: The sync was stopped before it finished.' },
  {
    in: 'ETOOBIG',
    out: "fail, system_error of the stream: Babelforce's answer to GET /api/v2/agents is too large: said Node.",
  },
  {
    in: 'ENOTFOUND',
    out: 'retry, config_error of the run: There is no host for this environment (said Node). The environment must be "services", or the first part of your own address, e.g. my-company for https://my-company.babelforce.com.',
  },
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', 'EUNKNOWN'].map(code => ({
    in: code,
    out: `retry, transient_error of the stream: No answer from Babelforce to GET /api/v2/agents (${code}: said Node). ${hint}`,
  })),
]

for (const row of codes) {
  test(`${row.in} means: ${row.out.slice(0, 40)}`, () => {
    const setback = judgeNetwork(GET, new NetworkError(row.in, 'said Node'))
    assert.equal(shown(setback), row.out)
    assert.equal(setback.error.internal, row.in === 'ESTOPPED' ? undefined : row.in)
  })
}

test('a host that always exists and is not found means: this machine is offline or behind a proxy', () => {
  const error = new NetworkError('ENOTFOUND', 'getaddrinfo ENOTFOUND services.babelforce.com')
  assert.match(
    shown(judgeNetwork(GET, error)),
    /^retry, transient_error of the run: This machine cannot find services\.babelforce\.com.* offline, or behind a proxy\..*HTTPS_PROXY/,
  )
})

test('a body that is of no use means: ask again', () => {
  assert.equal(
    shown(judgeBody(GET, new BadBody('it is not JSON'))),
    "retry, transient_error of the stream: Babelforce's answer to GET /api/v2/agents is not usable: it is not JSON.",
  )
})

test('a request may explain a status itself, and is told what the API said', () => {
  const own = configError('Told by the request.')
  const told: unknown[] = []
  const explain = (status: number, text: string) => {
    told.push([status, text])
    return status === 404 ? own : undefined
  }
  assert.deepEqual(judge({ ...GET, explain }, reply(404, said)), { verdict: 'fail', error: own })
  assert.match(shown(judge({ ...GET, explain }, reply(503))), /^retry, .* \(503\)/)
  assert.equal(shown(judge({ ...GET, explain }, reply(200))), 'ok')
  assert.deepEqual(told, [
    [404, 'No such thing'],
    [503, ''],
  ])
})

const bodies = [
  { says: 'message', in: { error: 'e', message: 'm' }, out: 'm' },
  { says: 'error_description', in: { error: 'e', error_description: 'd' }, out: 'd' },
  { says: 'error_message', in: { error: 'e', error_message: 'm' }, out: 'm' },
  { says: 'error', in: { error: 'e', detail: 'd' }, out: 'e' },
  { says: 'detail', in: { detail: 'd', error_detail: 'e' }, out: 'd' },
  { says: 'error_detail', in: { error_detail: 'e' }, out: 'e' },
  { says: 'the next key when one is empty or no text', in: { message: '', error: 5, detail: 'd' }, out: 'd' },
  { says: 'at most 120 characters', in: { message: 'x'.repeat(500) }, out: `${'x'.repeat(120)}…` },
  { says: 'nothing of an object without such a key', in: { code: 17 }, out: '' },
  { says: 'nothing of a list', in: ['no'], out: '' },
  { says: 'nothing of HTML', in: '<html>', out: '' },
  { says: 'nothing of an empty body', in: '', out: '' },
]

for (const row of bodies) {
  test(`of an error's body the user is shown ${row.says}`, () =>
    assert.equal(errorText(reply(400, row.in)), row.out))
}
