import { configError } from '../../errors.ts'
import { isLoopback } from '../environments.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy that the environment names for this origin, with the hosts that need none, as Node's agents take it;
 *  undefined where there is none. Plain http stays on this machine, so a proxy elsewhere is not used for it. Throws a
 *  config_error, which does not quote it, for one that is no address. */
export function proxyFor(origin: string, env: Environment): Record<string, string> | undefined {
  const name = origin.startsWith('https:') ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const text = either(env, name)
  if (text === undefined) return undefined
  const url = proxyUrl(text)
  if (url === null) {
    throw configError(
      `The environment variable ${name} must be the address of a proxy, such as http://proxy.example:3128.`,
      { scope: 'run' },
    )
  }
  if (name === 'HTTP_PROXY' && !isLoopback(url)) return undefined
  const direct = either(env, 'NO_PROXY')
  return { [name]: url.href, ...(direct === undefined ? {} : { NO_PROXY: direct }) }
}

/** What must never be shown of the proxies that the environment names: their passwords, as written and as meant. */
export function proxySecrets(env: Environment): string[] {
  return ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap(name => {
    const text = either(env, name)
    const url = text === undefined ? null : proxyUrl(text)
    if (url === null) return text === undefined ? [] : [text]
    const pair = [decoded(url.username), decoded(url.password)]
    return url.password === '' ? [] : [url.password, pair[1] ?? '', pair.join(':')]
  })
}

/** The variable's value, in lower case or upper case; the lower case wins, as everywhere. */
function either(env: Environment, name: string): string | undefined {
  return [env[name.toLowerCase()], env[name]].find(value => value !== undefined && value !== '')
}

function proxyUrl(text: string): URL | null {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  return url !== null && /^https?:$/.test(url.protocol) ? url : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
