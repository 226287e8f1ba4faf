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

/** What mustache and handlebars escape. */
const MUSTACHE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '/': '&#x2F;',
  '`': '&#x60;',
  '=': '&#x3D;',
}
const AWKWARD = `pa"ss'w  o/rd+%<ü&>`
const bytes = Buffer.from(AWKWARD)
const percented = Array.from(bytes, byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
const FORMS: readonly (readonly [says: string, text: string])[] = [
  ['as it is', AWKWARD],
  ['in capitals', AWKWARD.toUpperCase()],
  ['with one capital', AWKWARD.replace('w', 'W')],
  ['in a URL', encodeURIComponent(AWKWARD)],
  ['in a URL, in small hex', encodeURIComponent(AWKWARD).toLowerCase()],
  ['in a URL, quotes and all', encodeURIComponent(AWKWARD).replace("'", '%27')],
  ['with every byte in percent', percented],
  ['with every byte in percent, in capitals', percented.toUpperCase()],
  ['in a form', new URLSearchParams({ a: AWKWARD }).toString().slice(2)],
  ['in JSON', JSON.stringify(AWKWARD).slice(1, -1)],
  ['in JSON as PHP writes it', JSON.stringify(AWKWARD).slice(1, -1).replace('/', '\\/')],
  ['in JSON of ASCII', JSON.stringify(AWKWARD).slice(1, -1).replace('ü', '\\u00fc')],
  ['in JSON of ASCII, in capital hex', JSON.stringify(AWKWARD).slice(1, -1).replace('ü', '\\u00FC')],
  ['in hex', bytes.toString('hex')],
  ['in capital hex', bytes.toString('hex').toUpperCase()],
  ['in HTML, &#39;', htmlOf('&quot;', '&#39;')],
  ['in HTML, &#039;', htmlOf('&quot;', '&#039;')],
  ['in HTML, &#x27;', htmlOf('&quot;', '&#x27;')],
  ['in HTML, &#34;', htmlOf('&#34;', '&#39;')],
  ['in HTML, quotes left', htmlOf('"', "'")],
  ['in HTML, as mustache does', AWKWARD.replace(/[&<>"'`=/]/g, letter => MUSTACHE[letter] ?? letter)],
  [
    'in HTML, all but letters as hex',
    AWKWARD.replace(/[^\dA-Za-z]/g, letter => `&#x${letter.charCodeAt(0).toString(16)};`),
  ],
  [
    'in HTML, all but letters as numbers',
    AWKWARD.replace(/[^\dA-Za-z]/g, letter => `&#${letter.charCodeAt(0)};`),
  ],
  [
    'in JSON for HTML',
    JSON.stringify(AWKWARD)
      .slice(1, -1)
      .replace(/[<>&='+/]/g, letter => `\\u00${letter.charCodeAt(0).toString(16)}`),
  ],
  ['in a URL within a URL', encodeURIComponent(encodeURIComponent(AWKWARD))],
  ['in XML', htmlOf('&quot;', '&apos;')],
  ['read byte by byte', bytes.toString('latin1')],
  ['on one line', AWKWARD.replace(/\s+/g, ' ')],
  ['in base64', bytes.toString('base64').replace(/=+$/, '')],
  ['in base64 for URLs', bytes.toString('base64url')],
]

function htmlOf(double: string, single: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': double, "'": single }
  return AWKWARD.replace(/[&<>"']/g, letter => escapes[letter] ?? '')
}

for (const [says, text] of FORMS) {
  test(`a secret is masked ${says}`, () => {
    assert.equal(secretsOf(password(AWKWARD)).mask(`before ${text} after`), 'before **** after')
  })
  test(`what is left of a secret that is cut off is masked ${says}`, () => {
    const { mask } = secretsOf(password(AWKWARD))
    for (const length of [text.length - 1, 9, 4]) {
      const cut = text.slice(0, length)
      assert.ok(
        !mask(`before ${cut}…`).includes(cut.slice(0, 4)),
        `${cut} is told as ${mask(`before ${cut}…`)}`,
      )
    }
  })
}

for (const secret of [AWKWARD, 'geheim', 'a longer secret of letters']) {
  for (const before of ['', 'x', 'xy', 'xyz', 'a user of any length:']) {
    for (const after of ['', 'z', 'zy', ' and more']) {
      test(`${secret} is masked in base64 of "${before}", itself and "${after}"`, () => {
        const { mask } = secretsOf(password(secret))
        for (const encoding of ['base64', 'base64url'] as const) {
          const masked = mask(Buffer.from(before + secret + after).toString(encoding))
          assert.match(masked, /\*\*\*\*/)
          assert.ok(
            masked.replace('****', '').length <= Buffer.from(before + after).toString('base64').length + 4,
          )
        }
      })
    }
  }
}

test('a secret of less than eight letters is masked in its own case only, since it may be a word', () => {
  const { mask } = secretsOf(password('Geheim'))
  assert.equal(mask('geheim Geheim GEHEIM'), 'geheim **** GEHEIM')
})

const STEERING: readonly (readonly [says: string, text: string, out: string])[] = [
  ['an escape of a terminal', '\u001b[31mred\u001b[0m', '\ufffd[31mred\ufffd[0m'],
  ['the same in one letter', '\u009b31mred', '\ufffd31mred'],
  ['a bell and a backspace', 'a\u0007b\u0008c', 'a\ufffdb\ufffdc'],
  ['a return to the start of the line', 'good\rbad', 'good\ufffdbad'],
  ['text turned around', 'a\u202eb\u2066c\u200fd', 'a\ufffdb\ufffdc\ufffdd'],
  ['letters without width', 'a\u200bb\ufeffc', 'a\ufffdb\ufffdc'],
  ['half a letter', 'a\ud800b', 'a\ufffdb'],
  ['line breaks and tabs', 'a\n\tb', 'a\n\tb'],
  ['letters of all kinds', 'ä€😀👩‍👩‍👧 नमस्ते می‌خواهم', 'ä€😀👩‍👩‍👧 नमस्ते می‌خواهم'],
]
for (const [says, text, out] of STEERING) {
  test(`${says} ${text === out ? 'may be shown' : 'reaches no terminal'}`, () => {
    assert.equal(createSecrets().mask(text), out)
    assert.equal(secretsOf(password('geheim')).mask(text), out)
  })
}

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
