import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../server/open-browser.ts'
import { createSessions } from '../server/sessions.ts'
import { startStudio } from '../studio.ts'
import { pageHeaders, send } from '../testing/client.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

test('a token and a session have 192 bits, and none is ever the same', () => {
  const sessions = createSessions()
  const tokens = Array.from({ length: 50 }, () => sessions.newToken())
  assert.equal(new Set(tokens).size, 50)
  const session = sessions.trade(tokens.at(-1) ?? '') ?? ''
  for (const text of [...tokens, session]) assert.equal(Buffer.from(text, 'base64url').length * 8, 192)
  assert.ok(!tokens.includes(session))
})

test('a token is good for one trade, and a newer one takes its place', () => {
  const sessions = createSessions()
  const old = sessions.newToken()
  const token = sessions.newToken()
  assert.equal(sessions.trade(old), undefined)
  assert.equal(sessions.trade(''), undefined)
  const first = sessions.trade(token) ?? ''
  assert.ok(sessions.isOpen(first))
  assert.equal(sessions.trade(token), undefined)
  const second = sessions.trade(sessions.newToken()) ?? ''
  assert.deepEqual([sessions.isOpen(first), sessions.isOpen(second)], [false, true])
  assert.equal(createSessions().isOpen(''), false)
})

test('a used address is refused, with what to do', async () => {
  await using studio = await startStudio({ config: {} })
  const [origin = '', token = ''] = studio.newAddress().split('/#')
  const sent = {
    method: 'POST',
    path: '/api/session',
    headers: pageHeaders(origin),
    body: JSON.stringify({ token }),
  }
  assert.equal((await send(origin, sent)).status, 200)
  const again = await send(origin, sent)
  assert.equal(again.status, 401)
  assert.match(again.text, /used already.*Press Enter in the terminal/)
})

test('a browser gets a file that only its owner can read, and no program sees the token', async () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const started: (readonly [string, readonly string[]])[] = []
    const address = 'http://127.0.0.1:1234/#secret-token'
    const forget = await openBrowser(address, platform, (program, args) => started.push([program, args]))
    assert.equal(started.length, 1)
    assert.doesNotMatch(JSON.stringify(started), /secret-token/)
    const file = fileURLToPath(started[0]?.[1].at(-1) ?? '')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(statSync(fileURLToPath(new URL('.', started[0]?.[1].at(-1) ?? ''))).mode & 0o777, 0o700)
    assert.ok(readFileSync(file, 'utf8').includes(`url=${address}`))
    await forget()
    assert.equal(existsSync(file), false)
  }
})

test('the program prints an address with the token in its fragment, and a new one at Enter', async () => {
  const child = spawn(process.execPath, [MAIN, '--no-open'], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const addresses: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      const [found] = /http:\/\/\S+/.exec(line) ?? []
      if (found !== undefined) addresses.push(found)
      if (addresses.length === 1 && line.includes('Press Enter')) child.stdin.write('\n')
      if (addresses.length === 2) break
    }
    const [first = '', second = ''] = addresses
    assert.match(first, /^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{32}$/)
    assert.equal(first.split('#')[0], second.split('#')[0])
    const origin = new URL(second).origin
    const trade = (address: string) =>
      send(origin, {
        method: 'POST',
        path: '/api/session',
        headers: pageHeaders(origin),
        body: JSON.stringify({ token: address.split('#')[1] }),
      })
    assert.equal((await trade(first)).status, 401)
    assert.equal((await trade(second)).status, 200)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  assert.equal(child.exitCode, 0)
})
