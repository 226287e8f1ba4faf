import { type Ended, type Printed, type RunOptions, runProgram } from './program.ts'
import { catalogOf } from './sync.ts'

/** Secrets with all that is awkward in a URL, a form, a header, JSON or a pattern. No two share a span of letters. */
export const SECRETS = {
  password: `pa"ss'w  ord+/%41&=?#ü😀\\n$&.*-Qx7Zr2Kf9`,
  client_secret: `cl"ie nt+sec/ret%ü😀=<b>-Wm4Ty8Hd3Lp6`,
  refresh_token: 'rt+fr/esh"tok en%2Fü😀-Vb5Nc1Jg0Sd8Ae',
  bearer_token: `be+ar/er.tok%en"'=~-Ui3Oo9Pq6Zx2Cv7Bn`,
  access_id: 'ac+ce/ss%id"-Gh8Fd4Sa1Yt6Re3Wq',
  access_token: `to+ke/n%25"'\\-Mk2Lj7Hg5Fc9Dv4Xs`,
  /** What the token endpoint gives. */
  granted: 'gr+an/ted%"=-Zp1Ol8Ik5Uj2Yh7Nb4',
  rotated: 'ro+ta/ted%"=-Qa6Ws3Ed9Rf1Tg5Cu',
} as const

const CLIENT = 'the-client'

/** A config's credentials of every kind. */
export const KINDS: readonly Readonly<Record<string, string>>[] = [
  { auth_type: 'password', username: 'ada@example.com', password: SECRETS.password },
  { auth_type: 'client_credentials', client_id: CLIENT, client_secret: SECRETS.client_secret },
  {
    auth_type: 'refresh_token',
    refresh_token: SECRETS.refresh_token,
    client_id: CLIENT,
    client_secret: SECRETS.client_secret,
  },
  { auth_type: 'bearer', bearer_token: SECRETS.bearer_token },
  { auth_type: 'access_token', access_id: SECRETS.access_id, access_token: SECRETS.access_token },
]

export type SecretName = keyof typeof SECRETS

/** The name of each way in which a secret may be written, and how it is. */
export function formsOf(secret: string): [name: string, text: string][] {
  const bytes = Buffer.from(secret)
  const ascii = JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[^ -~]/g, unicode)
  return [
    ['plain', secret],
    ['on one line', secret.replace(/\s+/g, ' ')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', String(new URLSearchParams({ a: secret })).slice(2)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped to ASCII', ascii],
    ['read byte by byte', bytes.toString('latin1')],
    ['base64', bytes.toString('base64').replace(/=+$/, '')],
    ['base64url', bytes.toString('base64url')],
    ['URL-encoded in small hex', encodeURIComponent(secret).replace(/%../g, code => code.toLowerCase())],
    ['every byte in percent', Array.from(bytes, percent).join('')],
    ['hex', bytes.toString('hex')],
    ['capital hex', bytes.toString('hex').toUpperCase()],
    ['HTML', inHtml(secret, '&quot;', '&#39;')],
    ['HTML, in numbers', inHtml(secret, '&#34;', '&#x27;')],
    ['capitals', secret.toUpperCase()],
    ['small letters', secret.toLowerCase()],
    ...[1, 2, 3].map((before): [string, string] => [
      `base64 behind ${before} bytes`,
      Buffer.from(`${'a'.repeat(before)}${secret}bc`).toString('base64'),
    ]),
  ]
}

function percent(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`
}

function inHtml(secret: string, double: string, single: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': double, "'": single }
  return secret.replace(/[&<>"']/g, letter => escapes[letter] ?? letter)
}

/** What Basic authentication makes of an id and a secret. */
export function basicOf(id: string, secret: string): string {
  return Buffer.from(`${id}:${secret}`).toString('base64').replace(/=+$/, '')
}

/** Enough of a secret to be of use to a thief: a text that was cut off within it holds this much. */
const CUT = 12

/** Everything that must not be found: each secret in each form, and the beginning of each. */
function needles(): [string, string][] {
  const { access_id, access_token, client_secret } = SECRETS
  const pairs: [string, string][] = [
    ['access_id:access_token in base64', basicOf(access_id, access_token)],
    ['client id and secret in base64', basicOf(CLIENT, client_secret)],
  ]
  const forms = Object.entries(SECRETS).flatMap(([name, secret]) => [
    ...formsOf(secret).map(([form, text]): [string, string] => [`${name}, ${form}`, text]),
    ...formsOf(secret).map(([form, text]): [string, string] => [`${name}, cut, ${form}`, text.slice(0, CUT)]),
  ])
  return [...pairs, ...forms]
}

const NEEDLES = needles()

/** Names the secrets that a run has shown, by name and form. CONTROL is how the platform is given a config to keep, and
 *  records are data: both are left aside. */
export function leaksOf({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): string[] {
  const lines = stdout.split('\n').filter(line => !/^\{"type":"(CONTROL|RECORD)"/.test(line))
  const hay = [stderr, ...lines, ...lines.flatMap(line => textsIn(parsed(line)))]
  const found = NEEDLES.filter(([, needle]) => hay.some(text => text.includes(needle)))
  return found.map(([name]) => name)
}

/** Every text in a JSON value, names of fields included. */
function textsIn(value: Printed): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}

function parsed(line: string): Printed {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function unicode(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const STREAMS = [
  'agents',
  'queues',
  'users',
  'tags',
  'settings',
  'integrations',
  'campaigns',
  'triggers',
  'audit_logs',
]
/** An environment in which everything that can be logged is. */
export const LOUD = { LOG_LEVEL: 'debug', DEBUG: '*' }

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  read: ['--catalog', 'catalog.json'],
  sync: ['--streams', 'agents,queues', '--save-config', 'saved.json'],
  sample: ['--stream', 'agents', '--suggest', '--save-config', 'saved.json'],
}

/** Runs a command with this config, as talkative as can be. */
export function run(command: string, config: unknown, options: RunOptions = {}): Promise<Ended> {
  const args = ARGUMENTS[command] ?? []
  const files = { 'config.json': config, 'catalog.json': catalogOf(STREAMS), ...options.files }
  return runProgram([command, '--config', 'config.json', ...args], {
    files,
    env: { ...LOUD, ...options.env },
  })
}
