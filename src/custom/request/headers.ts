type Headers = Readonly<Record<string, string>>

/** Headers that the connector sets itself. */
const OWN = new Set([
  ...[
    'host',
    'connection',
    'content-length',
    'transfer-encoding',
    'accept-encoding',
    'upgrade',
    'te',
    'trailer',
  ],
  ...['proxy-authorization', 'expect', 'keep-alive'],
])
const SIGN_IN = new Set(['authorization', 'x-auth-access-id', 'x-auth-access-token', 'cookie'])

/** The headers in comma-separated name:value pairs, macros and all. Throws an Error for a pair that is none, and for headers
 *  that the connector sets itself; those of the sign-in only where the request carries its own. */
export function parseHeaders(text: string, isForeign: boolean): Headers {
  const pairs = text
    .split(',')
    .map(pair => pair.trim())
    .filter(pair => pair !== '')
    .map(pair => parsePair(pair, isForeign))
  return Object.fromEntries(pairs)
}

/** Whether a header can have this value: one line of letters that fit a byte each. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)
}

/** The values of headers that sign a request in, by their names: not to be shown. */
export function secretsIn(headers: Headers): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    /auth|key|token|secret|cookie|pass|signature/i.test(name) ? [value, value.replace(/^\w+ /, '')] : [],
  )
}

function parsePair(pair: string, isForeign: boolean): readonly [name: string, value: string] {
  const colon = pair.indexOf(':')
  if (colon < 0)
    throw new Error('has a pair without a colon; write name:value,name:value (a value cannot hold a comma)')
  const name = pair.slice(0, colon).trim()
  const value = pair.slice(colon + 1).trim()
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw new Error('has a name that no header can have; write name:value,name:value')
  if (!isHeaderValue(value))
    throw new Error(
      `has a value for ${name} that no header can have; leave out what is not on a plain keyboard`,
    )
  if (OWN.has(name.toLowerCase()))
    throw new Error(`sets ${name}, which the connector sets itself; take it out`)
  if (!isForeign && SIGN_IN.has(name.toLowerCase()))
    throw new Error(`sets ${name}, which the sign-in under credentials does; take it out`)
  return [name, value]
}
