import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../testing.ts'
import type { Reply, Request, Send } from '../types.ts'
import { followingRedirects } from './redirects.ts'

const HOME = 'https://home.example'
const GET: Request = { method: 'GET', path: '/a/b?c=d', query: { page: 2 }, headers: { x: 'y' } }

/** Sends one request to an API that answers so, and tells what was asked and what came of it. */
async function send(request: Request, answer: (request: Request, index: number) => Reply) {
  const asked: Request[] = []
  const api: Send = async one => answer(one, asked.push(one) - 1)
  const end = await followingRedirects(
    api,
    HOME,
  )(request).then(
    ({ status }) => status,
    (error: Error) => error,
  )
  return { end, asked }
}

const to = (location: string, status = 302) => reply(status, '', { location })

const followed: ReadonlyArray<{ says: string; location: string; path: string }> = [
  { says: 'a path', location: '/x?y=z', path: '/x?y=z' },
  { says: 'a path beside this one', location: 'x', path: '/a/x' },
  { says: 'the whole address', location: `${HOME}/x#top`, path: '/x' },
]
for (const { says, location, path } of followed) {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`a ${status} to ${says} is followed, without the query and with the headers`, async () => {
      const { end, asked } = await send(GET, (_, index) => (index === 0 ? to(location, status) : reply(200)))
      assert.equal(end, 200)
      assert.deepEqual(asked, [GET, { method: 'GET', path, headers: { x: 'y' } }])
    })
  }
}

const left: ReadonlyArray<{ says: string; request?: Request; answer: Reply; status: number }> = [
  { says: 'to another host', answer: to('https://other.example/x'), status: 302 },
  { says: 'to the same host over plain http', answer: to('http://home.example/x'), status: 302 },
  { says: 'to another port', answer: to('https://home.example:444/x'), status: 302 },
  { says: 'of a POST', request: { ...GET, method: 'POST' }, answer: to('/x'), status: 302 },
  { says: 'that leads nowhere', answer: reply(302), status: 302 },
  { says: 'to what is no address', answer: to('https://['), status: 302 },
  { says: 'that is none', answer: to('/x', 304), status: 304 },
  { says: 'of an answer', answer: to('/x', 200), status: 200 },
]
for (const { says, request = GET, answer, status } of left) {
  test(`a redirect ${says} is not followed`, async () => {
    const { end, asked } = await send(request, () => answer)
    assert.deepEqual([end, asked.length], [status, 1])
  })
}

test('five redirects are followed, and more are an error that tells where they led', async () => {
  const five = await send(GET, (_, index) => (index < 5 ? to(`/x${index}`) : reply(200)))
  assert.deepEqual([five.end, five.asked.length], [200, 6])
  const { end, asked } = await send(GET, (_, index) => to(`/x${index}?token=geheim`))
  assert.equal(asked.length, 6)
  assert.match(String(end), /redirects GET \/a\/b more than 5 times, the last time to \/x5\. Enter the host/)
})
