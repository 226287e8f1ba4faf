/** Headers that the connector sets itself. */
const OWN =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|upgrade|te|trailer|proxy-authorization|expect|keep-alive)$/i
const SIGN_IN = /^(authorization|x-auth-access-id|x-auth-access-token|cookie)$/i

/** The headers in comma-separated name:value pairs, with their macros. In double quotes a value may hold commas. Throws an Error for an invalid pair, and for a header that
 *  the connector sets itself. Headers of a sign-in are allowed only in requests to another host. */
export function parseHeaders(text: string, isForeign: boolean): Readonly<Record<string, string>> {
  const pairs = text
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map(pair => pair.trim())
    .filter(pair => pair !== '')
    .map(pair => parsePair(pair, isForeign))
  return Object.fromEntries(pairs)
}

/** Whether a header can have this value: one line of Latin-1 characters. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)
}

/** The values of headers that authenticate a request, or may do so: they must never be shown. */
export function secretsIn(headers: ReturnType<typeof parseHeaders>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    SIGNING.test(name) || (value.length >= LONG && !USUAL.test(name))
      ? [value, value.replace(/^\w+ /, '')]
      : [],
  )
}

const SIGNING = /auth|key|token|secret|cookie|pass|signature/i
/** Headers that say what is sent or wanted, and no more. Source: RFC 9110. */
const USUAL =
  /^(?:accept|content|if|cache)(?:-.*)?$|^(?:prefer|pragma|range|referer|origin|from|date|via|te)$/i
/** A shorter value under another name is a word more likely than a secret. */
const LONG = 8

function parsePair(pair: string, isForeign: boolean): readonly [name: string, value: string] {
  const colon = pair.indexOf(':')
  if (colon < 0)
    throw new Error('has a pair without a colon; write name:value,name:value, and commas in double quotes')
  const name = pair.slice(0, colon).trim()
  const given = pair.slice(colon + 1).trim()
  // Quotes around all of it are none of the value; two in it stand for one.
  const value = /^"(?:[^"]|"")*"$/.test(given) ? given.slice(1, -1).replaceAll('""', '"') : given
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw new Error('has a name that is not valid for a header; write name:value,name:value')
  if (!isHeaderValue(value))
    throw new Error(`has a value for ${name} that no header can have; use Latin-1 characters on one line`)
  if (OWN.test(name)) throw new Error(`sets ${name}, which the connector sets itself; remove it`)
  if (!isForeign && SIGN_IN.test(name))
    throw new Error(`sets ${name}, which the sign-in under credentials already does; remove it`)
  return [name, value]
}
