import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { createAuthority, NO_OPENSSL } from './harness/certificates.ts'
import { bearer, check, json, listOf, startHostile, verdictOf } from './harness/hostile.ts'
import { startProxy } from './harness/proxy.ts'

const startApi = (identity?: Parameters<typeof startHostile>[1]) =>
  startHostile((_, response) => json(response, listOf([])), identity)

const port = (url: string) => new URL(url).port

describe('plain http on this machine', { concurrency: 2 }, () => {
  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    test(`${name} is honoured`, async () => {
      await using api = await startApi()
      await using proxy = await startProxy()
      assert.match(verdictOf(await check(bearer(api.url), { [name]: proxy.url })), /^SUCCEEDED/)
      assert.equal(proxy.asked[0], `GET ${api.url}/api/v2/agents?page=1&max=1`)
      assert.equal(proxy.asked.length, api.asked.length)
    })
  }

  for (const name of ['NO_PROXY', 'no_proxy']) {
    test(`${name} is honoured`, async () => {
      await using api = await startApi()
      await using proxy = await startProxy()
      const env = { HTTP_PROXY: proxy.url, [name]: 'example.com, 127.0.0.1' }
      assert.match(verdictOf(await check(bearer(api.url), env)), /^SUCCEEDED/)
      assert.deepEqual(proxy.asked, [])
    })
  }

  test('a proxy on another machine is left out: nothing leaves this one in the clear', async () => {
    await using api = await startApi()
    const env = { HTTP_PROXY: 'http://proxy.invalid:3128' }
    assert.match(verdictOf(await check(bearer(api.url), env)), /^SUCCEEDED/)
  })

  test('HTTPS_PROXY does not concern it', async () => {
    await using api = await startApi()
    await using proxy = await startProxy()
    assert.match(verdictOf(await check(bearer(api.url), { HTTPS_PROXY: proxy.url })), /^SUCCEEDED/)
    assert.deepEqual(proxy.asked, [])
  })
})

test('a run talks to the configured host only', async () => {
  await using api = await startApi()
  await using proxy = await startProxy()
  const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }
  assert.match(verdictOf(await check(bearer(api.url), env)), /^SUCCEEDED/)
  assert.ok(proxy.asked.every(line => line.startsWith(`GET ${api.url}/`)))
  assert.equal(proxy.asked.length, api.asked.length)
})

describe('https', { skip: NO_OPENSSL, concurrency: 2 }, () => {
  const authority = createAuthority()
  const trusted = { NODE_EXTRA_CA_CERTS: authority.file }
  const identity = authority.issue('IP:127.0.0.1')
  after(() => authority[Symbol.dispose]())

  for (const name of ['HTTPS_PROXY', 'https_proxy']) {
    test(`${name} is honoured: the proxy sees the host, and no more; tunnels are used again`, async () => {
      await using api = await startApi(identity)
      await using proxy = await startProxy()
      assert.match(verdictOf(await check(bearer(api.url), { ...trusted, [name]: proxy.url })), /^SUCCEEDED/)
      assert.deepEqual([...new Set(proxy.asked)], [`CONNECT 127.0.0.1:${port(api.url)}`])
      assert.equal(api.asked.length, 8)
      assert.ok(proxy.asked.length < api.asked.length, `${proxy.asked.length} tunnels`)
    })
  }

  test('NO_PROXY is honoured', async () => {
    await using api = await startApi(identity)
    await using proxy = await startProxy()
    const env = { ...trusted, HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }
    assert.match(verdictOf(await check(bearer(api.url), env)), /^SUCCEEDED/)
    assert.deepEqual(proxy.asked, [])
  })

  test('a proxy is signed in to with the name and password of its address', async () => {
    await using api = await startApi(identity)
    await using proxy = await startProxy()
    const HTTPS_PROXY = proxy.url.replace('//', '//ada:p%40ss%3A%C3%BC@')
    assert.match(verdictOf(await check(bearer(api.url), { ...trusted, HTTPS_PROXY })), /^SUCCEEDED/)
    assert.deepEqual([...new Set(proxy.signedInAs)], ['ada:p@ss:ü'])
    assert.ok(api.asked.every(({ headers }) => headers['proxy-authorization'] === undefined))
  })

  test('a certificate is asked for through a tunnel as without one', async () => {
    await using api = await startApi(identity)
    await using proxy = await startProxy()
    assert.match(
      verdictOf(await check(bearer(api.url), { HTTPS_PROXY: proxy.url })),
      /^FAILED: The host .* could not prove/,
    )
    assert.deepEqual(api.asked, [])
  })

  test('a proxy that opens no tunnel is named, and its password is not', async () => {
    await using proxy = await startProxy({
      refuse: 'HTTP/1.1 407 Sign in first\r\nX-You-Said: geheimes\r\n\r\n',
    })
    const HTTPS_PROXY = proxy.url.replace('//', '//ada:geheimes@')
    const ended = await check(bearer('https://127.0.0.1:9'), { HTTPS_PROXY })
    assert.match(
      verdictOf(ended),
      /^transient_error: No answer .*407 Sign in first.*check the network, a proxy/,
    )
    assert.doesNotMatch(ended.stdout + ended.stderr, /geheimes/)
  })

  test('a proxy that says nothing is given up when the time is over', { timeout: 15_000 }, async () => {
    await using proxy = await startProxy('silent')
    const env = { HTTPS_PROXY: proxy.url, SOURCE_BABELFORCE_REQUEST_TIMEOUT_MS: '500' }
    const ended = await check(bearer('https://127.0.0.1:9'), env)
    assert.match(verdictOf(ended), /^transient_error: No answer .*no whole answer within 0\.5 s/)
  })

  for (const address of [
    'http://:geheimes@/',
    'socks5://ada:geheimes@127.0.0.1:1',
    'http://ada:geheimes@127.0.0.1:99999',
  ]) {
    test(`the proxy address ${address} is a config_error that does not quote it`, async () => {
      const ended = await check(bearer('https://127.0.0.1:9'), { HTTPS_PROXY: address })
      assert.match(
        verdictOf(ended),
        /^FAILED: The environment variable HTTPS_PROXY must be the address of a proxy/,
      )
      assert.doesNotMatch(ended.stdout + ended.stderr, /geheimes/)
    })
  }
})
