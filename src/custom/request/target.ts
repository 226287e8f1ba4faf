import { isLoopback } from '../../http/environments.ts'
import { isPrivateHost } from '../../http/wire/private-hosts.ts'

/** Where a custom stream's requests go. */
export interface Target {
  readonly origin: string
  /** The origin, if it is another than the configured one: credentials are not sent to it. */
  readonly foreign: string | undefined
  /** The path with its query and macros. */
  readonly path: string
}

/** The target of a `url`: a path on the configured origin, or an address. Throws an Error for one that is not allowed. */
export function targetOf(url: string, origin: string): Target {
  if (/[\s\\]/.test(url)) throw new Error('contains a space or a backslash; write %20 for a space')
  const path = url.replace(/#.*$/s, '')
  if (/^\/(?!\/)/.test(path)) return { origin, foreign: undefined, path }
  const [, base = '', rest = ''] = /^(https?:\/\/[^/?]*)(.*)$/is.exec(path) ?? []
  if (base === '' || base.includes('{'))
    throw new Error(
      base === ''
        ? 'must be a path that begins with a slash, or a full address that begins with https://'
        : 'has a macro in the host; macros are allowed only in the path and after it',
    )
  const foreign = foreignOrigin(base, origin)
  return { origin: foreign ?? origin, foreign, path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** The origin of an address, undefined if it is the configured one. Throws an Error for one that must not be requested. */
function foreignOrigin(address: string, origin: string): string | undefined {
  if (!URL.canParse(address)) throw new Error('is not a valid address; write one such as https://host/path')
  const url = new URL(address)
  if (url.username + url.password !== '')
    throw new Error('contains a user name or password; put credentials for that host into headers')
  if (url.origin === origin) return undefined
  const isLocal = isLoopback(new URL(origin))
  if (!isLocal && isPrivateHost(url.hostname))
    throw new Error('leads into a private network; only public hosts are allowed')
  if (url.protocol !== 'https:' && !(isLocal && isLoopback(url)))
    throw new Error('must begin with https://, so that nothing is sent in the clear')
  return url.origin
}
