import assert from 'node:assert/strict'
import { test } from 'node:test'
import { targetOf } from './target.ts'

const HOME = 'https://services.babelforce.com'

const targets = [
  ['/api/v2/calls?x={now}', undefined, '/api/v2/calls?x={now}'],
  ['https://services.babelforce.com/api/v2/calls', undefined, '/api/v2/calls'],
  ['HTTPS://Services.Babelforce.com:443/api', undefined, '/api'],
  ['https://api.example.com/rates?day={now}#top', 'https://api.example.com', '/rates?day={now}'],
  ['https://api.example.com:8443', 'https://api.example.com:8443', '/'],
  ['https://api.example.com?q=1', 'https://api.example.com', '/?q=1'],
] as const
for (const [url, foreign, path] of targets) {
  test(`${url} is ${foreign === undefined ? 'on the configured origin' : `on ${foreign}`}`, () => {
    assert.deepEqual(targetOf(url, HOME), { origin: foreign ?? HOME, foreign, path })
  })
}

const refused = [
  ['api/v2/calls', /begins with a slash/],
  ['//example.com/x', /begins with a slash/],
  ['ftp://example.com/x', /begins with a slash/],
  ['https://{lists.host}/x', /macro in the host/],
  ['https://user:secret@example.com/x', /user name or password/],
  ['http://example.com/x', /in the clear/],
  ['https://10.0.0.8/x', /private network/],
  ['https://[::1]/x', /private network/],
  ['https://[fd00::1]/x', /private network/],
  ['https://[::ffff:10.0.0.8]/x', /private network/],
  ['https://169.254.169.254/latest', /private network/],
  ['https://2130706433/x', /private network/],
  ['https://0x7f.1/x', /private network/],
  ['https://localhost/x', /private network/],
  ['https://db.internal/x', /private network/],
  ['https://warehouse/x', /private network/],
  ['https:///x', /address/],
  ['/a b', /contains a space/],
  ['https://exa mple.com/', /contains a space/],
  ['/\\evil.com', /backslash/],
] as const
for (const [url, says] of refused) {
  test(`${url} is refused: ${says.source}`, () => {
    assert.throws(() => targetOf(url, HOME), { message: says })
  })
}

test('from a loopback origin another loopback port is allowed, and no other private address', () => {
  const local = 'http://127.0.0.1:4000'
  assert.equal(targetOf('http://127.0.0.1:5000/x', local).foreign, 'http://127.0.0.1:5000')
  assert.throws(() => targetOf('http://10.0.0.8/x', local))
  assert.throws(() => targetOf('http://example.com/x', local), { message: /in the clear/ })
})
