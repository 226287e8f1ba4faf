import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPrivateHost, lookupPublic } from './private-hosts.ts'

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
] as const
for (const [host, expected] of hosts) {
  test(`${host} ${expected ? 'lies in a private network' : 'is public'}`, () => {
    assert.equal(isPrivateHost(host), expected)
  })
}

test('a name that stands for this machine is not connected to, whichever way it is looked up', async () => {
  for (const all of [true, false]) {
    const error = await new Promise(done => lookupPublic('localhost', { all }, done))
    assert.match(String(error), /localhost stands for an address in a private network/)
  }
})

test('an address that is given as such is looked up as itself', async () => {
  const found = await new Promise(done => lookupPublic('8.8.8.8', {}, (_, ...rest) => done(rest)))
  assert.deepEqual(found, ['8.8.8.8', 4])
  const all = await new Promise(done => lookupPublic('8.8.8.8', { all: true }, (_, one) => done(one)))
  assert.deepEqual(all, [{ address: '8.8.8.8', family: 4 }])
})
