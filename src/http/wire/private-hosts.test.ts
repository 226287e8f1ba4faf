import assert from 'node:assert/strict'
import type { LookupFunction } from 'node:net'
import { test } from 'node:test'
import { createPublicLookup, isPrivateHost, refuseHidden } from './private-hosts.ts'

const hosts = [
  ['services.babelforce.com', false],
  ['8.8.8.8', false],
  ['[2606:4700::1111]', false],
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['100.64.0.1', true],
  ['169.254.169.254', true],
  ['0.0.0.0', true],
  ['[::1]', true],
  ['[::]', true],
  ['[fe80::1]', true],
  ['[fc00::1]', true],
  ['[::ffff:7f00:1]', true],
  ['localhost', true],
  ['LOCALHOST.', true],
  ['printer', true],
  ['db.internal', true],
  ['nas.local', true],
  ['nas.home.arpa', true],
  ['local.example.com', false],
  ['example.local.com', false],
  ['[2001:db8::1]', true],
  ['[64:ff9b::808:808]', false],
] as const
for (const [host, expected] of hosts) {
  test(`${host} ${expected ? 'lies in a private network' : 'is public'}`, () => {
    assert.equal(isPrivateHost(host), expected)
  })
}

test('a name that stands for this machine is not connected to, whichever way it is looked up', async () => {
  for (const all of [true, false]) {
    const error = await new Promise(done => createPublicLookup('localhost')('localhost', { all }, done))
    assert.match(String(error), /localhost stands for an address in a private network/)
  }
})

test('an address that is given as such is looked up as itself', async () => {
  const lookup = createPublicLookup('8.8.8.8')
  const found = await new Promise(done => lookup('8.8.8.8', {}, (_, ...rest) => done(rest)))
  assert.deepEqual(found, ['8.8.8.8', 4])
  const all = await new Promise(done => lookup('8.8.8.8', { all: true }, (_, one) => done(one)))
  assert.deepEqual(all, [{ address: '8.8.8.8', family: 4 }])
})

/** A resolver that knows these addresses for every name. */
function resolver(addresses: readonly string[]): LookupFunction {
  const found = addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (hostname, _, done) =>
    found.length === 0
      ? done(Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' }), '', 0)
      : done(null, found)
}

const names: ReadonlyArray<{ says: string; addresses: readonly string[]; direct: string; proxied: string }> =
  [
    { says: 'a public address', addresses: ['8.8.8.8'], direct: 'found', proxied: 'found' },
    { says: 'a private address', addresses: ['10.0.0.1'], direct: 'EPRIVATE', proxied: 'EPRIVATE' },
    {
      says: 'a private address behind a public one',
      addresses: ['8.8.8.8', '10.0.0.1'],
      direct: 'EPRIVATE',
      proxied: 'EPRIVATE',
    },
    {
      says: 'a public address behind NAT64, as DNS64 tells it',
      addresses: ['64:ff9b::808:808'],
      direct: 'found',
      proxied: 'found',
    },
    {
      says: 'a private address behind NAT64',
      addresses: ['64:ff9b::a00:1'],
      direct: 'EPRIVATE',
      proxied: 'EPRIVATE',
    },
    { says: 'no address', addresses: [], direct: 'ENOTFOUND', proxied: 'found' },
  ]
for (const { says, addresses, direct, proxied } of names) {
  test(`a name that stands for ${says}: ${direct}; behind a proxy: ${proxied}`, async () => {
    const find = resolver(addresses)
    const codes: unknown[] = []
    for (const all of [true, false]) {
      createPublicLookup('x.example', find)('x.example', { all }, error => codes.push(error?.code ?? 'found'))
    }
    assert.deepEqual(codes, [direct, direct])
    const behind = await refuseHidden('x.example', find).then(
      () => 'found',
      error => error.code,
    )
    assert.equal(behind, proxied)
  })
}

test('the name of a proxy may stand for a private address', () => {
  const lookup = createPublicLookup('x.example', resolver(['10.0.0.1']))
  lookup('proxy.example', { all: true }, (error, found) => {
    assert.deepEqual([error, found], [null, [{ address: '10.0.0.1', family: 4 }]])
  })
})
