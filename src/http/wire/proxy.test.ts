import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyFor, proxySecrets } from './proxy.ts'

const HTTPS = 'https://services.babelforce.com'
const HTTP = 'http://127.0.0.1:4000'
const PROXY = 'http://proxy.example:3128/'
const LOCAL = 'http://127.0.0.1:8080/'

type Environment = Parameters<typeof proxyFor>[1]

const rows: ReadonlyArray<{ says: string; origin: string; env: Environment; out: unknown }> = [
  { says: 'none that is named is none', origin: HTTPS, env: {}, out: undefined },
  { says: 'an empty one is none', origin: HTTPS, env: { HTTPS_PROXY: '' }, out: undefined },
  {
    says: 'https has its own',
    origin: HTTPS,
    env: { HTTPS_PROXY: PROXY, HTTP_PROXY: LOCAL },
    out: { HTTPS_PROXY: PROXY },
  },
  { says: 'https does not take that of http', origin: HTTPS, env: { HTTP_PROXY: LOCAL }, out: undefined },
  { says: 'http does not take that of https', origin: HTTP, env: { HTTPS_PROXY: PROXY }, out: undefined },
  {
    says: 'http may use one on this machine',
    origin: HTTP,
    env: { HTTP_PROXY: LOCAL },
    out: { HTTP_PROXY: LOCAL },
  },
  { says: 'http uses none elsewhere', origin: HTTP, env: { HTTP_PROXY: PROXY }, out: undefined },
  {
    says: 'the lower case wins',
    origin: HTTPS,
    env: { HTTPS_PROXY: LOCAL, https_proxy: PROXY },
    out: { HTTPS_PROXY: PROXY },
  },
  {
    says: 'an empty lower case does not',
    origin: HTTPS,
    env: { HTTPS_PROXY: PROXY, https_proxy: '' },
    out: { HTTPS_PROXY: PROXY },
  },
  {
    says: 'a host alone is one',
    origin: HTTPS,
    env: { HTTPS_PROXY: 'proxy.example:3128' },
    out: { HTTPS_PROXY: PROXY },
  },
  {
    says: 'one over https is one',
    origin: HTTPS,
    env: { HTTPS_PROXY: 'https://proxy.example' },
    out: { HTTPS_PROXY: 'https://proxy.example/' },
  },
  {
    says: 'hosts that need none go along',
    origin: HTTPS,
    env: { HTTPS_PROXY: PROXY, no_proxy: 'a.example,b.example' },
    out: { HTTPS_PROXY: PROXY, NO_PROXY: 'a.example,b.example' },
  },
]
for (const { says, origin, env, out } of rows) {
  test(`of the proxies in the environment, ${says}`, () => assert.deepEqual(proxyFor(origin, env), out))
}

for (const text of [
  'socks5://geheim.example',
  'ftp://geheim.example',
  'http://',
  'geheim geheim',
  'http://geheim:99999',
]) {
  test(`${text} is no proxy, which is said without it`, () => {
    assert.throws(
      () => proxyFor(HTTPS, { HTTPS_PROXY: text }),
      (error: Error & { failure?: string; scope?: string }) => {
        assert.deepEqual([error.failure, error.scope], ['config_error', 'run'])
        assert.match(
          error.message,
          /^The environment variable HTTPS_PROXY must be the address of a proxy, such as http:/,
        )
        return !error.message.includes('geheim')
      },
    )
  })
}

const secrets: ReadonlyArray<{ says: string; env: Environment; out: string[] }> = [
  { says: 'none without proxies', env: {}, out: [] },
  { says: 'none of one without a password', env: { HTTPS_PROXY: 'http://ada@proxy.example' }, out: [] },
  {
    says: 'the password as written and as meant, and with its user',
    env: { HTTPS_PROXY: 'http://a%40b:ge%2Fheim@proxy.example' },
    out: ['ge%2Fheim', 'ge/heim', 'a@b:ge/heim'],
  },
  {
    says: 'a password that is escaped wrongly',
    env: { HTTP_PROXY: 'http://a:ge%heim@p.example' },
    out: ['ge%heim', 'ge%heim', 'a:ge%heim'],
  },
  {
    says: 'those of all kinds',
    env: { http_proxy: 'a:b@p', ALL_PROXY: 'http://c:d@p' },
    out: ['b', 'b', 'a:b', 'd', 'd', 'c:d'],
  },
  {
    says: 'all of what is no address',
    env: { ALL_PROXY: 'socks5://a:geheim@p' },
    out: ['socks5://a:geheim@p'],
  },
]
for (const { says, env, out } of secrets) {
  test(`the secrets of proxies are ${says}`, () => assert.deepEqual(proxySecrets(env), out))
}
