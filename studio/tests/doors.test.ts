import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectTo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { MOST_BYTES } from '../server/body.ts'
import { connect, pageHeaders, type Sent, send } from '../testing/client.ts'

interface Row extends Omit<Sent, 'headers'> {
  readonly says: string
  /** Headers that differ from the page's; an empty one is left out. */
  readonly change?: Readonly<Record<string, string>>
  readonly status: number
}

const OPEN = { method: 'POST', path: '/api/open', body: '{}' }
const PAGE = { method: 'GET', path: '/' }
const NAVIGATED = {
  Origin: '',
  'Content-Type': '',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
}

const ROWS: readonly Row[] = [
  { says: 'the page’s own request is served', ...OPEN, status: 200 },
  { says: 'localhost is another Host', ...OPEN, change: { Host: 'localhost:PORT' }, status: 421 },
  { says: 'a Host without the port is another', ...OPEN, change: { Host: '127.0.0.1' }, status: 421 },
  {
    says: 'a name that was bound to 127.0.0.1 is refused',
    ...OPEN,
    change: { Host: 'evil.example:PORT' },
    status: 421,
  },
  {
    says: 'a foreign Host does not even get the page',
    ...PAGE,
    change: { Host: 'evil.example' },
    status: 421,
  },
  { says: 'a foreign Origin is refused', ...OPEN, change: { Origin: 'https://evil.example' }, status: 403 },
  {
    says: 'another port is a foreign Origin',
    ...OPEN,
    change: { Origin: 'http://127.0.0.1:1' },
    status: 403,
  },
  { says: 'https is a foreign Origin', ...OPEN, change: { Origin: 'https://127.0.0.1:PORT' }, status: 403 },
  { says: 'the Origin null is refused', ...OPEN, change: { Origin: 'null' }, status: 403 },
  { says: 'no Origin is refused', ...OPEN, change: { Origin: '' }, status: 403 },
  { says: 'a foreign Origin does not get the page', ...PAGE, change: { Origin: 'null' }, status: 403 },
  { says: 'cross-site is refused', ...OPEN, change: { 'Sec-Fetch-Site': 'cross-site' }, status: 403 },
  { says: 'same-site is refused', ...OPEN, change: { 'Sec-Fetch-Site': 'same-site' }, status: 403 },
  { says: 'no Sec-Fetch-Site is refused', ...OPEN, change: { 'Sec-Fetch-Site': '' }, status: 403 },
  {
    says: 'typing the address opens the page',
    ...PAGE,
    change: { ...NAVIGATED, 'Sec-Fetch-Site': 'none' },
    status: 200,
  },
  {
    says: 'the redirect file opens the page',
    ...PAGE,
    change: { ...NAVIGATED, 'Sec-Fetch-Site': 'cross-site' },
    status: 200,
  },
  {
    says: 'another site cannot frame the page',
    ...PAGE,
    change: { ...NAVIGATED, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'iframe' },
    status: 403,
  },
  {
    says: 'another site cannot load the script',
    method: 'GET',
    path: '/app.js',
    change: {
      ...NAVIGATED,
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'no-cors',
      'Sec-Fetch-Dest': 'script',
    },
    status: 403,
  },
  { says: 'GET is the wrong method for the API', method: 'GET', path: '/api/open', status: 405 },
  { says: 'PUT is the wrong method for the API', ...OPEN, method: 'PUT', status: 405 },
  { says: 'POST is the wrong method for the page', ...PAGE, method: 'POST', status: 405 },
  {
    says: 'a form is the wrong type',
    ...OPEN,
    change: { 'Content-Type': 'application/x-www-form-urlencoded' },
    status: 415,
  },
  { says: 'plain text is the wrong type', ...OPEN, change: { 'Content-Type': 'text/plain' }, status: 415 },
  { says: 'no type is the wrong type', ...OPEN, change: { 'Content-Type': '' }, status: 415 },
  { says: 'no session is refused', ...OPEN, change: { 'X-Studio-Session': '' }, status: 401 },
  {
    says: 'a wrong session is refused',
    ...OPEN,
    change: { 'X-Studio-Session': 'a'.repeat(32) },
    status: 401,
  },
  {
    says: 'a session in a cookie is refused',
    ...OPEN,
    change: { 'X-Studio-Session': '', Cookie: 'session=SESSION' },
    status: 401,
  },
  {
    says: 'a session in the address is refused',
    ...OPEN,
    path: '/api/open?session=SESSION',
    change: { 'X-Studio-Session': '' },
    status: 401,
  },
  { says: 'what is no JSON is refused', ...OPEN, body: '{', status: 400 },
  { says: 'a list is refused', ...OPEN, body: '[]', status: 400 },
  { says: 'a body at the limit is read', ...OPEN, body: bodyOf(MOST_BYTES), status: 200 },
  { says: 'a body above the limit is refused', ...OPEN, body: bodyOf(MOST_BYTES + 1), status: 413 },
  { says: 'an unknown call is refused', ...OPEN, path: '/api/eval', status: 404 },
  { says: 'what every object has is no call', ...OPEN, path: '/api/constructor', status: 404 },
  { says: 'a path of this machine is not served', method: 'GET', path: '/../../package.json', status: 404 },
]

for (const { says, change = {}, status, ...sent } of ROWS) {
  test(`at the door: ${says}`, async () => {
    await using connected = await connect({ config: {} })
    const { origin } = connected.studio
    const fill = (text: string) =>
      text.replace('PORT', new URL(origin).port).replace('SESSION', connected.session)
    const headers = { ...pageHeaders(origin, connected.session), ...change }
    if (sent.method === 'GET' && !sent.path.startsWith('/api') && !('Origin' in change))
      headers['Origin'] = ''
    const kept = Object.entries(headers).filter(([, value]) => value !== '')
    const filled = Object.fromEntries(kept.map(([name, value]) => [name, fill(value)]))
    const response = await send(origin, { ...sent, path: fill(sent.path), headers: filled })
    assert.equal(response.status, status, response.text)
    if (status !== 200) assert.match(JSON.parse(response.text).error, /\w+.*[.:]/)
  })
}

for (const name of ['Host', 'Origin', 'Sec-Fetch-Site', 'Content-Type', 'X-Studio-Session']) {
  test(`at the door: a second ${name} is refused, whichever came first`, async () => {
    await using connected = await connect({ config: {} })
    const { origin } = connected.studio
    const own = { Host: new URL(origin).host, ...pageHeaders(origin, connected.session) }
    const twice = [...Object.entries(own), [name, 'other']].map(pair => pair.join(': ')).join('\r\n')
    const status = await statusOf(
      origin,
      `POST /api/open HTTP/1.1\r\n${twice}\r\nContent-Length: 2\r\n\r\n{}`,
    )
    assert.ok([400, 401, 403, 415, 421].includes(status), `${status}`)
  })
}

test('a position of a list that is negative is refused', async () => {
  await using connected = await connect({ config: { custom_streams: [{ name: 'a' }] } })
  const { status } = await connected.ask('set', { path: ['custom_streams', -1], value: { name: 'b' } })
  assert.equal(status, 422)
})

test('whatever is sent carries the policy, and nothing is stored or sniffed', async () => {
  await using connected = await connect({ config: {} })
  const { origin } = connected.studio
  for (const path of ['/', '/app.js', '/app.css', '/icon.svg', '/nothing', '/api/open']) {
    const { headers } = await send(origin, { path, headers: { 'Sec-Fetch-Site': 'same-origin' } })
    const policy = String(headers['content-security-policy']).split('; ')
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self'",
      "frame-ancestors 'none'",
    ])
      assert.ok(policy.includes(rule), `${path}: ${rule}`)
    assert.doesNotMatch(policy.join(), /unsafe|data:|blob:|https?:/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['set-cookie'], undefined)
    assert.equal(headers['access-control-allow-origin'], undefined)
  }
})

test('it listens on 127.0.0.1 and on no other address of this machine', async () => {
  await using connected = await connect({ config: {} })
  const { hostname, port } = new URL(connected.studio.origin)
  assert.equal(hostname, '127.0.0.1')
  const others = Object.values(networkInterfaces())
    .flatMap((one = []) => one)
    .filter(({ address, family }) => address !== '127.0.0.1' && family === 'IPv4')
  for (const { address } of [...others, { address: '127.0.0.2' }, { address: '[::1]' }])
    await assert.rejects(
      send(`http://${address}:${port}`, { path: '/' }),
      /ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH/,
    )
})

/** The status that comes back to this text on a socket. */
async function statusOf(origin: string, text: string): Promise<number> {
  const socket = connectTo(Number(new URL(origin).port), '127.0.0.1')
  socket.write(text)
  const [first] = await once(socket, 'data')
  socket.destroy()
  return Number(String(first).split(' ')[1])
}

function bodyOf(bytes: number): string {
  return `{"a":"${'a'.repeat(bytes - '{"a":""}'.length)}"}`
}
