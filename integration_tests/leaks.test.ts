import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { type Asked, json, listOf, startHostile } from './harness/hostile.ts'
import { basicOf, formsOf, KINDS, leaksOf, run, SECRETS, type SecretName } from './harness/leaks.ts'

const { client_secret, access_id, access_token } = SECRETS

function isSentAsIs(fields: Readonly<Record<string, string>>): boolean {
  return ['bearer', 'access_token'].includes(fields['auth_type'] ?? '')
}

/** One text with a secret in it for each secret and form: so long that each of them comes whole, and cut by every limit. */
function echoes(fields: Readonly<Record<string, string>>): string[] {
  const grants = isSentAsIs(fields) ? [] : ['granted', 'rotated']
  const names = [...Object.keys(fields), ...grants].filter(name => name in SECRETS) as SecretName[]
  const forms = names.flatMap(name => formsOf(SECRETS[name]).map(([, form]) => form))
  const pairs = [basicOf(access_id, access_token), basicOf('the-client', client_secret)]
  return [...forms, ...pairs].map((form, index) => `${'.'.repeat((index * 13) % 115)}${form}`)
}

/** Where a server tells: at the sign-in, or everywhere else. */
type Place = 'sign-in' | 'data'
type Tell = (response: ServerResponse, said: string) => void

/** The text as a header can carry it: its bytes. */
const header = (said: string) => (/[^ -ÿ]/.test(said) ? Buffer.from(said).toString('latin1') : said)
const html = (said: string) => `<html><body>${said} was sent</body></html>`

/** What a server may do with what it was sent: `check` alone where it makes the program wait and ask again. */
const TELLS: readonly (readonly [says: string, tell: Tell, commands: readonly string[]])[] = [
  ['right', response => json(response, listOf([{ id: '1' }])), ['check', 'read', 'sample', 'sync']],
  ['a 400', (response, said) => json(response, { message: said }, 400), ['check', 'read', 'sample']],
  ['a 401', (response, said) => json(response, { error: said }, 401), ['check', 'read', 'sample', 'sync']],
  [
    'a 403',
    (response, said) => json(response, { error_description: said }, 403),
    ['check', 'read', 'sample'],
  ],
  ['a 404', (response, said) => json(response, { detail: said }, 404), ['check', 'read', 'sample']],
  ['a 500', (response, said) => json(response, { error_message: said }, 500), ['check']],
  [
    'a 403 of HTML',
    (response, said) => void response.writeHead(403).end(html(said)),
    ['check', 'read', 'sample'],
  ],
  ['a page of HTML', (response, said) => void response.writeHead(200).end(html(said)), ['check']],
  ['a page of text', (response, said) => json(response, said), ['check']],
  [
    'a redirect',
    (response, said) =>
      void response
        .writeHead(302, { location: `http://x.invalid/?${header(said)}`, 'x-was': header(said) })
        .end(),
    ['check', 'read', 'sample'],
  ],
  ['a list that is none', (response, said) => json(response, { items: said, [said]: said }), ['read']],
  [
    'a status of its own',
    (response, said) => void response.writeHead(418, header(said)).end(),
    ['check', 'read', 'sample'],
  ],
  [
    'a broken header',
    (response, said) => response.socket?.end(`HTTP/1.1 200 OK\r\n${said}\r\n\r\n`),
    ['check'],
  ],
]

/** A server that tells what it knows: at the sign-in or, once signed in, everywhere else. */
function startTelling(fields: Readonly<Record<string, string>>, tell: Tell, at: Place) {
  const said = echoes(fields)
  const grant = { access_token: SECRETS.granted, refresh_token: SECRETS.rotated }
  return startHostile(({ url }: Asked, response, index) => {
    if (at === 'data' && url === '/oauth/token') json(response, grant)
    else tell(response, said[index % said.length] ?? '')
  })
}

for (const fields of KINDS) {
  const places: readonly Place[] = isSentAsIs(fields) ? ['data'] : ['sign-in', 'data']
  describe(`no secret is shown with ${fields['auth_type']}`, { concurrency: 3 }, () => {
    for (const [says, tell, commands] of TELLS)
      for (const at of places)
        for (const command of at === 'sign-in' ? ['check'] : commands)
          test(`${command}, where ${at} is answered with ${says}`, { timeout: 15_000 }, async () => {
            await using server = await startTelling(fields, tell, at)
            const ended = await run(command, { base_url: server.url, credentials: fields })
            assert.deepEqual(leaksOf(ended), [])
            assert.notEqual(ended.stdout, '')
          })
  })
}

test('the search finds a secret that is planted, in each form, whole or cut', () => {
  for (const [name, secret] of Object.entries(SECRETS))
    for (const [form, text] of formsOf(secret)) {
      const message = { type: 'LOG', log: { level: 'INFO', message: `before ${text} after` } }
      for (const ended of [
        { stdout: JSON.stringify(message), stderr: '' },
        { stdout: '', stderr: `a${text}b` },
      ])
        assert.ok(leaksOf(ended).includes(`${name}, ${form}`), `${name}, ${form}`)
      assert.ok(leaksOf({ stdout: '', stderr: `${text.slice(0, 12)}…` }).includes(`${name}, cut, ${form}`))
    }
  const pair = basicOf(access_id, access_token)
  assert.deepEqual(leaksOf({ stdout: '', stderr: pair }).slice(0, 1), ['access_id:access_token in base64'])
  assert.deepEqual(leaksOf({ stdout: '{"type":"LOG","log":{"message":"all is well"}}', stderr: '' }), [])
})
