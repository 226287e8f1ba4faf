import { isLoopback } from '../../http/environments.ts'
import { isPrivateHost } from '../../http/wire/private-hosts.ts'

/** Where a custom stream's requests go. */
export interface Target {
  /** Another origin than the configured one: asked without its credentials. */
  readonly foreign: string | undefined
  /** The path with its query, macros and all. */
  readonly path: string
}

/** The target that a `url` names: a path on the configured origin, or a full address. Throws an Error for one that could not
 *  be asked, or must not be. */
export function targetOf(url: string, origin: string): Target {
  if (/[\s\\]/.test(url)) throw new Error('has a blank or a backslash in it; write %20 for a blank')
  const path = url.replace(/#.*$/s, '')
  if (/^\/(?!\/)/.test(path)) return { foreign: undefined, path }
  const [, base = '', rest = ''] = /^(https?:\/\/[^/?]*)(.*)$/is.exec(path) ?? []
  if (base === '' || base.includes('{'))
    throw new Error(
      base === ''
        ? 'must be a path that begins with a slash, or a full address that begins with https://'
        : 'has a macro where the host stands; macros may stand in the path and after it only',
    )
  return { foreign: foreignOrigin(base, origin), path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** The origin of an address, undefined where it is the configured one. Throws an Error for one that must not be asked. */
function foreignOrigin(address: string, origin: string): string | undefined {
  if (!URL.canParse(address))
    throw new Error('is no address that can be understood; such as https://host/path')
  const url = new URL(address)
  if (url.username + url.password !== '')
    throw new Error('holds a user name or password; put what signs you in there into headers')
  if (url.origin === origin) return undefined
  const isLocal = isLoopback(new URL(origin))
  if (!isLocal && isPrivateHost(url.hostname))
    throw new Error('leads into a private network; only public hosts can be asked')
  if (url.protocol !== 'https:' && !(isLocal && isLoopback(url)))
    throw new Error('must begin with https://, so that nothing is sent in the clear')
  return url.origin
}
