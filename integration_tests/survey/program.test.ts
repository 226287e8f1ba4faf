import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import type { Request } from '../../simulator/request.ts'
import { MOST_REQUESTS } from '../../src/survey/ask/witness.ts'
import { startFront } from '../harness/front.ts'
import { type Printed, runProgram } from '../harness/program.ts'
import { startAccount } from '../harness/survey.ts'
import { configFor } from '../harness/sync.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/survey.schema.json', import.meta.url), 'utf8'))

test('survey prints a table, writes a file of its schema, and asks with GET only, within its requests', async () => {
  const seen: Request[] = []
  await using simulator = await startAccount({ faults: 'no-pages', watch: request => seen.push(request) })
  const folder = mkdtempSync(join(tmpdir(), 'survey-'))
  try {
    const out = join(folder, 'survey.json')
    const config = configFor(simulator, {
      requests_per_second: 200,
      agent_sync: { enabled: true, path: '/api/v2/env-sync/agents' },
      custom_streams: [{ name: 'more', method: 'GET', url: '/api/v2/demo/bare', data_path: '$.*' }],
    })
    const ended = await runProgram(['survey', '--config', 'config.json', '--out', out], {
      files: { 'config.json': config },
    })
    assert.equal(ended.code, 0, ended.stderr)
    assert.match(ended.stdout, /contradicted\n {2}pages-named/)
    assert.match(ended.stderr, /No value of any record is in it.*issue form/)
    const found: Printed = JSON.parse(readFileSync(out, 'utf8'))
    const ajv = new Ajv({ strict: false, allErrors: true })
    const isSurvey: boolean = ajv.validate(schema, found)
    assert.ok(isSurvey, ajv.errorsText())
    assert.equal(found.facts['pages-named'].fault, 'no-pages')
    const api = seen.filter(({ path }) => !path.startsWith('/oauth/'))
    assert.deepEqual([...new Set(api.map(({ method }) => method))], ['GET'])
    assert.ok(seen.length <= MOST_REQUESTS, `${seen.length} requests`)
    assert.ok(!api.some(({ path }) => path.includes('/demo/') || path.includes('env-sync')))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('survey says which answers are nested too deep, and goes on', async () => {
  const text = `{"items":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  await using simulator = await startAccount()
  await using front = await startFront(simulator.url, ({ url }) => (/v2\/agents\?/.test(url) ? { text } : {}))
  const config = configFor(front, { requests_per_second: 200 })
  const ended = await runProgram(['survey', '--config', 'config.json'], { files: { 'config.json': config } })
  assert.equal(ended.code, 0, ended.stderr)
  assert.match(
    ended.stdout,
    /^ {2}agents +answered 200 with JSON that is nested more than 2,000 levels deep$/m,
  )
  assert.match(ended.stdout, /time-filter /)
})

test('survey uses up no refresh token unless it may save the next one', async () => {
  const seen: Request[] = []
  await using simulator = await startAccount({ watch: request => seen.push(request) })
  const credentials = {
    auth_type: 'refresh_token',
    refresh_token: 'demo-refresh-token',
    client_id: 'demo-client',
    client_secret: 'demo-secret',
  }
  const ended = await runProgram(['survey', '--config', 'config.json'], {
    files: { 'config.json': configFor(simulator, { credentials }) },
  })
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /--save-config/)
  assert.deepEqual(seen, [])
})

test('survey says what is wrong when the sign-in is refused', async () => {
  await using simulator = await startAccount()
  const credentials = { auth_type: 'client_credentials', client_id: 'demo-client', client_secret: 'wrong' }
  const ended = await runProgram(['survey', '--config', 'config.json'], {
    files: { 'config.json': configFor(simulator, { credentials }) },
  })
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /refused the sign-in \(401/)
  assert.equal(ended.stdout, '')
})

test('a file to compare with that is no survey is refused before anything is asked', async () => {
  const seen: Request[] = []
  await using simulator = await startAccount({ watch: request => seen.push(request) })
  const ended = await runProgram(['survey', '--config', 'config.json', '--compare', 'config.json'], {
    files: { 'config.json': configFor(simulator) },
  })
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /is no survey/)
  assert.deepEqual(seen, [])
})
