import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bearer, check, json, listOf, startHostile, verdictOf } from './harness/hostile.ts'

const ELSEWHERE: readonly (readonly [says: string, location: (own: string, other: string) => string])[] = [
  ['another origin', (_, other) => `${other}/api/v2/agents`],
  ['another origin without its scheme', (_, other) => `//${new URL(other).host}/`],
  [
    'another origin that looks like ours',
    (own, other) => `http://${new URL(own).host}@${new URL(other).host}/`,
  ],
  ['another name of the same machine', own => own.replace('127.0.0.1', 'localhost')],
  ['another scheme', own => own.replace('http:', 'https:')],
  ['what is no address', () => 'http://'],
]

describe('a redirect that leads elsewhere is refused, and nothing is sent there', { concurrency: 2 }, () => {
  for (const [index, [says, location]] of ELSEWHERE.entries()) {
    test(says, async () => {
      await using other = await startHostile((_, response) => json(response, listOf([])))
      await using own = await startHostile((_, response) => {
        response
          .writeHead([301, 302, 303, 307, 308][index % 5] ?? 302, { location: location(own.url, other.url) })
          .end()
      })
      const verdict = verdictOf(await check(bearer(own.url)))
      assert.match(
        verdict,
        /^FAILED: The host redirects GET \/api\/v2\/agents to .* Credentials do not follow/,
      )
      assert.deepEqual([own.asked.length, other.asked.length], [1, 0])
    })
  }
})

for (const status of [301, 307, 308]) {
  test(`a sign-in that is redirected (${status}) is not sent again, neither here nor elsewhere`, async () => {
    await using other = await startHostile((_, response) => json(response, { access_token: 'x' }))
    await using own = await startHostile((_, response) => {
      response.writeHead(status, { location: `${other.url}/oauth/token` }).end()
    })
    const credentials = { auth_type: 'password', username: 'ada', password: 'the-password' }
    const verdict = verdictOf(await check({ base_url: own.url, credentials }))
    assert.match(verdict, /^FAILED: The host redirects POST \/oauth\/token to .* Credentials do not follow/)
    assert.deepEqual([own.asked.length, other.asked.length], [1, 0])
  })
}

test('a redirect within the origin is followed, with the credentials', async () => {
  await using server = await startHostile(({ url }, response) => {
    if (url.startsWith('/api/v2/agents?')) response.writeHead(302, { location: '../v9/agents?moved=1' }).end()
    else json(response, listOf([]))
  })
  assert.match(verdictOf(await check(bearer(server.url))), /^SUCCEEDED/)
  const followed = server.asked.find(({ url }) => url === '/api/v9/agents?moved=1')
  assert.equal(followed?.headers.authorization, 'Bearer the-token')
})

test('redirects within the origin that never end are given up after five', async () => {
  await using server = await startHostile((_, response, index) => {
    response.writeHead(302, { location: `/round/${index}` }).end()
  })
  const verdict = verdictOf(await check(bearer(server.url)))
  assert.match(
    verdict,
    /^FAILED: The host redirects GET \/api\/v2\/agents more than 5 times, the last time to \/round\/5\./,
  )
  assert.equal(server.asked.length, 6)
})
