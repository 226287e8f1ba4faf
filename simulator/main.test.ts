import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { firstRefreshToken, staticPair, users } from './auth/accounts.ts'

const main = new URL('main.ts', import.meta.url).pathname

function run(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function readyOf(child: ChildProcess) {
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return JSON.parse(String(line))
}

async function urlOf(child: ChildProcess): Promise<string> {
  return (await readyOf(child)).url
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the program prints its address, serves requests, and exits with 0 on ${signal}`, async () => {
    const child = run('--calls', '20', '--now', '2026-05-20T14:00:00Z', '--world', 'seed')
    const url = await urlOf(child)
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.equal(await (await fetch(`${url}/__world/agents/count`)).json(), 25)
    child.kill(signal)
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })
}

test('the program prints a config with which its demo user may sign in as a manager', async t => {
  const child = run('--calls', '20')
  t.after(() => child.kill())
  const { url, config } = await readyOf(child)
  assert.equal(config.base_url, url)
  const { auth_type: grant_type, username, password } = config.credentials
  const form = new URLSearchParams({ grant_type, username, password })
  const { access_token } = await (await fetch(`${url}/oauth/token`, { method: 'POST', body: form })).json()
  const headers = { authorization: `Bearer ${access_token}` }
  assert.equal((await fetch(`${url}/api/v2/agents`, { headers })).status, 200)
})

test('its page names everybody who may sign in, with what they need', () => {
  const page = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const { id, token } = staticPair
  const secrets = [...Object.values(users).map(({ password }) => password), firstRefreshToken, id, token]
  for (const word of [...Object.keys(users), 'demo-client', 'demo-secret', ...secrets])
    assert.ok(page.includes(`\`${word}\``), word)
})

// Every address of 127.0.0.0/8 leads back to this machine, with or without a network: a server on all interfaces can
// be reached at this one, a server on 127.0.0.1 cannot.
const elsewhere = '127.0.0.2'

test('the program listens on 127.0.0.1 alone', async t => {
  const child = run('--calls', '0')
  t.after(() => child.kill())
  const port = Number(new URL(await urlOf(child)).port)
  await assert.rejects(once(connect(port, elsewhere), 'connect'), { code: 'ECONNREFUSED' })
})

test('a server at another address of loopback can be reached', async t => {
  const server = createServer(socket => socket.destroy()).listen(0, elsewhere)
  t.after(() => server.close())
  await once(server, 'listening')
  await once(connect((server.address() as AddressInfo).port, elsewhere), 'connect')
})

const complaints = [
  { says: 'an unknown fault', args: ['--faults', 'status-999'], hears: /no fault "status-999"/ },
  { says: 'a time that is not one', args: ['--now', 'tomorrow'], hears: /it is "tomorrow"/ },
  { says: 'a number that is not one', args: ['--calls', 'many'], hears: /--calls must be a whole number/ },
  { says: 'an unknown option', args: ['--cals', '3'], hears: /Unknown argument/ },
]

for (const { says, args, hears } of complaints) {
  test(`the program refuses ${says} and says why`, async () => {
    const child = run(...args)
    const heard = text(child.stderr as NodeJS.ReadableStream)
    const [code] = await once(child, 'exit')
    assert.equal(code, 1)
    assert.match(await heard, hears)
  })
}

test('help lists the options and the faults', async () => {
  const heard = await text(run('--help').stdout as NodeJS.ReadableStream)
  for (const word of ['--token-seconds', '--prerendered', '--together', 'every-429:N', 'token-dies:K'])
    assert.ok(heard.includes(word), word)
})
