import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../errors.ts'
import { isAbroad, originOf } from './environments.ts'

const accepted = [
  { says: 'without anything it is the shared environment', in: {}, out: 'https://services.babelforce.com' },
  {
    says: 'an environment is the first part of the host',
    in: { environment: 'my-company' },
    out: 'https://my-company.babelforce.com',
  },
  {
    says: 'capitals do not matter',
    in: { environment: 'MyCompany' },
    out: 'https://mycompany.babelforce.com',
  },
  { says: 'one letter is enough', in: { environment: 'x' }, out: 'https://x.babelforce.com' },
  {
    says: 'a part of 63 letters is as long as a host allows',
    in: { environment: 'x'.repeat(63) },
    out: `https://${'x'.repeat(63)}.babelforce.com`,
  },
  {
    says: 'an empty base URL is none',
    in: { environment: 'eu', base_url: '' },
    out: 'https://eu.babelforce.com',
  },
  {
    says: 'a base URL goes before the environment',
    in: { environment: 'eu', base_url: 'https://api.example' },
    out: 'https://api.example',
  },
  {
    says: 'a slash at the end does not matter',
    in: { base_url: 'https://api.example/' },
    out: 'https://api.example',
  },
  {
    says: 'a base URL may hold a port',
    in: { base_url: 'https://api.example:8443' },
    out: 'https://api.example:8443',
  },
  {
    says: 'this machine may be asked in the clear',
    in: { base_url: 'http://127.0.0.1:8080' },
    out: 'http://127.0.0.1:8080',
  },
  {
    says: 'this machine may be called localhost',
    in: { base_url: 'http://localhost:8080' },
    out: 'http://localhost:8080',
  },
  {
    says: 'this machine may have an IPv6 address',
    in: { base_url: 'http://[::1]:8080' },
    out: 'http://[::1]:8080',
  },
]

for (const row of accepted) test(row.says, () => assert.equal(originOf(row.in), row.out))

const notALabel = (text: string) =>
  `environment must be one word such as services or my-company, without dots, slashes or a port; it is "${text}". For another host, use base_url.`
const notAHost = (text: string) =>
  `base_url must be scheme, host and port alone, such as https://services.babelforce.com; it is "${text}".`
const inTheClear = (text: string) =>
  `base_url must begin with https://, so that credentials are not sent in the clear; it is "${text}".`

const environments = [
  { says: 'an empty one', in: '' },
  { says: 'a host', in: 'evil.com' },
  { says: 'a host and what would become its path', in: 'evil.com/' },
  { says: 'a host and what would become its fragment', in: 'evil.com#' },
  { says: 'a host and what would become its query', in: 'evil.com?' },
  { says: 'what would become a user name', in: 'x@evil' },
  { says: 'a port', in: 'services:8443' },
  { says: 'a URL', in: 'https://services' },
  { says: 'a hyphen at the start', in: '-services' },
  { says: 'a hyphen at the end', in: 'services-' },
  { says: 'a newline', in: 'services\n' },
  { says: 'more than 63 letters', in: 'x'.repeat(64) },
]

for (const row of environments) {
  test(`an environment is refused when it is or holds ${row.says}`, () =>
    refuses({ environment: row.in }, notALabel(row.in)))
}

const urls = [
  { says: 'it is no URL', in: 'api.example', out: notAHost },
  { says: 'its scheme is another', in: 'ftp://api.example', out: notAHost },
  { says: 'it has a path', in: 'https://api.example/api', out: notAHost },
  { says: 'it has a query', in: 'https://api.example/?x=1', out: notAHost },
  { says: 'it has a fragment', in: 'https://api.example/#x', out: notAHost },
  { says: 'it is not encrypted', in: 'http://api.example', out: inTheClear },
  { says: 'it only looks like this machine', in: 'http://localhost.example', out: inTheClear },
  {
    says: 'it only begins like the address of this machine',
    in: 'http://127.0.0.1.example',
    out: inTheClear,
  },
  { says: 'it is a machine nearby', in: 'http://192.168.0.7:8080', out: inTheClear },
]

for (const row of urls) {
  test(`a base URL is refused when ${row.says}`, () => refuses({ base_url: row.in }, row.out(row.in)))
}

for (const text of ['https://reports:geheim@api.example', 'http://geheim@127.0.0.1']) {
  test(`a base URL with a credential is refused and not quoted: ${new URL(text).protocol}`, () =>
    refuses(
      { base_url: text },
      'base_url must not hold a user name or password; put them under credentials.',
    ))
}

function refuses(config: Parameters<typeof originOf>[0], message: string): void {
  assert.throws(
    () => originOf(config),
    (error: unknown) => {
      assert.ok(error instanceof ConnectorError)
      assert.deepEqual([error.failure, error.message], ['config_error', message])
      return true
    },
  )
}

const HOME = 'https://services.babelforce.com'
const abroad = [
  { says: 'another host', origin: 'https://other.example', home: HOME, out: true },
  { says: 'another port of the same host', origin: `${HOME}:444`, home: HOME, out: true },
  { says: 'the host itself', origin: HOME, home: HOME, out: false },
  { says: 'this machine', origin: 'http://127.0.0.1:5000', home: 'http://127.0.0.1:4000', out: false },
  { says: 'this machine by name', origin: 'http://localhost:5000', home: HOME, out: false },
  {
    says: 'another host, from this machine',
    origin: 'https://other.example',
    home: 'http://127.0.0.1:4000',
    out: true,
  },
]
for (const { says, origin, home, out } of abroad) {
  test(`${says} is ${out ? 'abroad' : 'at home'}`, () => assert.equal(isAbroad(origin, home), out))
}
