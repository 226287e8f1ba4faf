import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { createAuthority, NO_OPENSSL } from './harness/certificates.ts'
import { bearer, check, json, listOf, startHostile, verdictOf } from './harness/hostile.ts'

describe('TLS', { skip: NO_OPENSSL, concurrency: 2 }, () => {
  const authority = createAuthority()
  const trusted = { NODE_EXTRA_CA_CERTS: authority.file }
  after(() => authority[Symbol.dispose]())

  const REFUSED = [
    ['a certificate of an unknown authority', 'IP:127.0.0.1', {}, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/],
    ['a certificate for another name', 'DNS:babelforce.com', trusted, /ERR_TLS_CERT_ALTNAME_INVALID/],
    [
      'a certificate of an unknown authority, where NODE_TLS_REJECT_UNAUTHORIZED=0 would let it pass',
      'IP:127.0.0.1',
      { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
    ],
  ] as const

  for (const [says, name, env, code] of REFUSED) {
    test(`${says} is refused before anything is sent`, async () => {
      await using server = await startHostile(
        (_, response) => json(response, listOf([])),
        authority.issue(name),
      )
      const verdict = verdictOf(await check(bearer(server.url), env))
      assert.match(
        verdict,
        /^FAILED: The host asked for GET \/api\/v2\/agents could not prove that it is the one/,
      )
      assert.match(
        verdict,
        /behind a proxy that opens TLS, name the file with its CA in NODE_EXTRA_CA_CERTS\.$/,
      )
      assert.match(verdict, code)
      assert.deepEqual(server.asked, [])
    })
  }

  test('a certificate of an authority that NODE_EXTRA_CA_CERTS names is accepted', async () => {
    const identity = authority.issue('IP:127.0.0.1')
    await using server = await startHostile((_, response) => json(response, listOf([])), identity)
    assert.match(verdictOf(await check(bearer(server.url), trusted)), /^SUCCEEDED/)
    assert.equal(server.asked[0]?.headers.authorization, 'Bearer the-token')
  })
})
