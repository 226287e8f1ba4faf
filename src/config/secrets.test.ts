import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../json.ts'
import { createSecrets, type Secrets } from './secrets.ts'

const password = (secret: string): Json => ({
  environment: 'services',
  credentials: { auth_type: 'password', username: 'ada', password: secret, client_id: 'manager' },
})

function secretsOf(config: Json): Secrets {
  const secrets = createSecrets()
  secrets.addConfig(config)
  return secrets
}

const pair = (access_id: string, access_token: string): Json => ({
  credentials: { auth_type: 'access_token', access_id, access_token },
})
const base64 = (text: string) => Buffer.from(text).toString('base64')

const rows: { says: string; config: Json; in: string; out: string }[] = [
  {
    says: 'a password is masked wherever it is',
    config: password('geheim'),
    in: 'geheim, /x?p=geheim',
    out: '****, /x?p=****',
  },
  {
    says: 'both halves of an access pair are masked',
    config: pair('the-id', 'the-token'),
    in: 'the-id and the-token',
    out: '**** and ****',
  },
  {
    says: 'what is not a secret stays',
    config: password('geheim'),
    in: 'ada at services as manager',
    out: 'ada at services as manager',
  },
  {
    says: 'a secret is masked even where the config is not valid',
    config: { password: ['geheim', 'tok'] },
    in: 'geheim tok',
    out: '**** ****',
  },
  {
    says: 'what means something in a pattern is taken literally',
    config: password('$&.*'),
    in: 'a$&.*b axxb',
    out: 'a****b axxb',
  },
  { says: 'an empty secret masks nothing', config: password(''), in: 'abc', out: 'abc' },
  { says: 'a secret of two letters is not a secret', config: password('ab'), in: 'abc', out: 'abc' },
  { says: 'a config that is not an object has no secrets', config: 'geheim', in: 'geheim', out: 'geheim' },
  {
    says: 'a secret that begins with another leaves no rest',
    config: pair('abc', 'abcdef'),
    in: 'abcdef abc',
    out: '**** ****',
  },
  {
    says: 'a secret is masked within a URL',
    config: password('g&h/m ä'),
    in: '/x?p=g%26h%2Fm%20%C3%A4',
    out: '/x?p=****',
  },
  {
    says: 'a secret is masked within a form',
    config: password('g&h/m ä'),
    in: 'p=g%26h%2Fm+%C3%A4',
    out: 'p=****',
  },
  {
    says: 'a secret is masked within JSON',
    config: password('g"h\\m'),
    in: JSON.stringify({ p: 'g"h\\m' }),
    out: '{"p":"****"}',
  },
  {
    says: 'a secret is masked in base64',
    config: password('geheim!'),
    in: `is ${base64('geheim!')}`,
    out: 'is ****==',
  },
  {
    says: 'an id and secret of Basic authentication are masked',
    config: pair('the-id', 'tok'),
    in: `Basic ${base64('the-id:tok')}`,
    out: 'Basic ****==',
  },
  {
    says: 'a secret with half a character does not end the program',
    config: password('geheim\ud800'),
    in: 'geheim\ud800',
    out: '****',
  },
]

for (const row of rows) test(row.says, () => assert.equal(secretsOf(row.config).mask(row.in), row.out))

test('at first there are no secrets', () => {
  assert.equal(createSecrets().mask('geheim'), 'geheim')
})

test('a secret that is added later is masked from then on, beside the others', () => {
  const secrets = secretsOf(password('geheim'))
  assert.equal(secrets.mask('token-1'), 'token-1')
  secrets.add('token-1')
  assert.equal(secrets.mask('geheim token-1'), '**** ****')
})

test('no masked text holds a secret', () => {
  const secret = fc.string({ minLength: 3 }).filter(text => !text.includes('*'))
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (text, before, after) => {
      const { mask } = secretsOf(password(text))
      for (const form of [text, encodeURIComponent(text), base64(text).replace(/=+$/, '')])
        assert.ok(!mask(before + form + after).includes(form))
    }),
  )
})
