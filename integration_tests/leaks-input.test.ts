import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bearer, json, listOf, startHostile } from './harness/hostile.ts'
import { KINDS, LOUD, leaksOf, run, SECRETS } from './harness/leaks.ts'
import { runProgram } from './harness/program.ts'

const { password, client_secret, bearer_token, access_id, access_token } = SECRETS
const credentials = KINDS[0]

const CONFIGS: readonly (readonly [string, unknown])[] = [
  ['right', { credentials }],
  ['no JSON', `{"credentials": {"password": "${password}", oops`],
  ['text', JSON.stringify(password)],
  ['a list', [{ credentials }]],
  [
    'of the wrong types',
    { credentials: { ...credentials, password: [password, { password }] }, concurrency: password },
  ],
  [
    'with secrets in the wrong places',
    { ...credentials, credentials, start_date: password, environment: password },
  ],
  ['of an unknown kind', { credentials: { ...credentials, auth_type: password } }],
  [
    'with a secret in its address',
    { credentials, base_url: `https://ada:${encodeURIComponent(password)}@example.com` },
  ],
  [
    'of an older shape',
    { access_key_id: access_id, access_token, region: 'x y', date_created_from: access_token },
  ],
]

describe('no secret is shown with a config that is', { concurrency: 3 }, () => {
  for (const [says, config] of CONFIGS)
    for (const command of ['check', 'discover', 'read'])
      test(`${says}: ${command}`, async () => {
        const ended = await run(
          command,
          typeof config === 'object' && !Array.isArray(config)
            ? { base_url: 'http://127.0.0.1:9', ...config }
            : config,
        )
        assert.deepEqual(leaksOf(ended), [])
      })
})

const inline = JSON.stringify({ credentials })
const COMMAND_LINES: readonly (readonly [says: string, args: readonly string[]])[] = [
  ['spec, which takes no config', ['spec', '--config', inline]],
  ['check, as its config', ['check', '--config', inline]],
  ['read, as its config', ['read', '--config', inline, '--catalog', 'x']],
  ['discover, as its config behind an equals sign', ['discover', `--config=${inline}`, '--debug']],
  ['sign-in, which lacks the client id', ['sign-in', '--client-secret', client_secret]],
  [
    'sign-in, with a port that is none and a word too many',
    ['sign-in', '--client-id', 'x', '--client-secret', client_secret, '--port', 'x', 'more'],
  ],
  [
    'sign-in, with an address that is none',
    ['sign-in', '--client-id', 'x', `--client-secret=${client_secret}`, '--base-url', 'x'],
  ],
  [
    'sign-in, under a misspelt option',
    ['sign-in', '--client-id', 'x', `--client-secrets=${client_secret}`, '--base-url', 'x'],
  ],
  [
    'sign-in, word by word for want of quotes',
    ['sign-in', '--client-id', 'x', '--client-secret', ...client_secret.split(' ')],
  ],
]

for (const [says, args] of COMMAND_LINES) {
  test(`no secret is shown when it is given on the command line to ${says}`, async () => {
    const ended = await runProgram(args, { env: LOUD })
    assert.deepEqual(leaksOf(ended), [])
  })
}

const CRASHES = [
  ['an error that nobody catches', `throw new Error(secret)`],
  [
    'a rejection that nobody handles',
    'Promise.reject(Object.assign(new Error(secret), { secret, cause: secret }))',
  ],
  ['a rejection that is no error', 'Promise.reject(secret)'],
] as const

for (const [says, crash] of CRASHES) {
  test(`${says} ends as one masked system_error and exit code 1`, async () => {
    await using server = await startHostile((_, response) => json(response, listOf([])))
    const code = `import{subscribe}from"node:diagnostics_channel";const{secret}=process.env;
      subscribe("http.client.request.start",()=>{${crash}})`
    const env = {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}`,
      secret: bearer_token,
    }
    const ended = await run('read', bearer(server.url, bearer_token), { env })
    const errors = ended.messages
      .filter(({ trace }) => trace?.type === 'ERROR')
      .map(({ trace }) => trace.error)
    assert.deepEqual([errors.length, errors[0]?.failure_type, ended.code], [1, 'system_error', 1])
    assert.match(errors[0].message, /^The connector met an error that it did not foresee: .*\*\*\*\*/)
    assert.deepEqual([leaksOf(ended), ended.stderr], [[], ''])
  })
}

test('the config file is as it was after every command', async () => {
  await using server = await startHostile((_, response) => json(response, listOf([])))
  const config = JSON.stringify({ base_url: server.url, access_key_id: access_id, access_token, region: 'x' })
  const show = `process.on("exit",()=>{const f=process.getBuiltinModule("fs");
    f.writeSync(2,f.readdirSync(".").sort()+f.readFileSync("config.json","utf8"))})`
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(show)}`
  for (const command of ['check', 'discover', 'read']) {
    const { messages, stderr } = await run(command, config, { env: { NODE_OPTIONS } })
    assert.ok(messages.some(({ type }) => type === 'CONTROL'))
    assert.equal(stderr, `catalog.json,config.json${config}`)
  }
})
