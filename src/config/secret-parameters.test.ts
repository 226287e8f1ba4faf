import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secretParameters } from './secret-parameters.ts'
import { createSecrets } from './secrets.ts'

const rows: ReadonlyArray<{ says: string; in: string; out: string[] }> = [
  { says: 'a key', in: 'https://x.example/a?api_key=geheim&page=1', out: ['geheim'] },
  { says: 'a token behind another parameter', in: '/a?page=1&access-token=geheim#top', out: ['geheim'] },
  { says: 'a signature in capitals', in: '/a?X-Amz-Signature=geheim', out: ['geheim'] },
  { says: 'an escaped one, as written and as meant', in: '/a?key=ge%2Fheim', out: ['ge%2Fheim', 'ge/heim'] },
  { says: 'one that is escaped wrongly', in: '/a?key=ge%heim', out: ['ge%heim'] },
  { says: 'one in a form', in: 'client_secret=geheim&user=ada', out: ['geheim'] },
  { says: 'one in JSON', in: '{"user": "ada", "password" : "ge\\"heim"}', out: ['ge\\"heim'] },
  { says: 'several', in: '/a?key=geheim&pass=wort', out: ['geheim', 'wort'] },
  { says: 'none where the value is a macro', in: '/a?key={parent.id}&token={now}', out: [] },
  { says: 'none under other names', in: '/a?page=1&user=ada', out: [] },
  {
    says: 'one that looks drawn at random, under any name',
    in: '/a?c=x7Qp2mZk9LwB4tRv&page=1',
    out: ['x7Qp2mZk9LwB4tRv'],
  },
  {
    says: 'none in ids, moments, words and numbers',
    in: `/a?id=${'4f'.repeat(16)}&u=0b6c1f6e-53b1-4c5e-9e0e-3b1f6f0d9a11&from=2026-05-20T14:00:00Z&to=1779285600123456789&by=agentNameAndQueue`,
    out: [],
  },
  { says: 'none without a value', in: '/a?key=&token', out: [] },
]
for (const { says, in: text, out } of rows) {
  test(`a text holds ${says}`, () => assert.deepEqual([...new Set(secretParameters(text))], out))
}

test("what signs a custom stream's requests in is masked, also where the stream is not valid", () => {
  const secrets = createSecrets()
  secrets.addConfig({
    custom_streams: [
      { url: 'https://x.example/a?api_key=geheim-1', body: 'secret=geheim-2&a=b' },
      { url: 17, body: '{"token": "geheim-3"}' },
    ],
  })
  assert.equal(secrets.mask('geheim-1 geheim-2 geheim-3 a b'), '**** **** **** a b')
})
