import { configError } from '../errors.ts'

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/** The origin that every request goes to: https://<environment>.babelforce.com, or the base URL given instead.
 *  Throws a config_error for anything that could send credentials elsewhere or in the clear. */
export function originOf(config: { readonly environment?: string; readonly base_url?: string }): string {
  if (config.base_url !== undefined && config.base_url !== '') return originOfUrl(config.base_url)
  const environment = config.environment ?? 'services'
  if (!LABEL.test(environment)) {
    throw configError(
      `environment must be one word such as services or my-company, without dots, slashes or a port; it is ` +
        `"${environment}". For another host, use base_url.`,
    )
  }
  return `https://${environment.toLowerCase()}.babelforce.com`
}

/** Whether the address is this machine, by a name that cannot mean another. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.includes(url.hostname)
}

/** Whether an origin is another than the configured one, and not this machine: its name must not lead into a private
 *  network. */
export function isAbroad(origin: string, home: string): boolean {
  return origin !== home && !isLoopback(new URL(origin))
}

function originOfUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && url.username + url.password !== '') {
    throw configError('base_url must not hold a user name or password; put them under credentials.')
  }
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search + url.hash !== ''
  ) {
    throw configError(
      `base_url must be scheme, host and port alone, such as https://services.babelforce.com; it is "${text}".`,
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw configError(
      `base_url must begin with https://, so that credentials are not sent in the clear; it is "${text}".`,
    )
  }
  return url.origin
}
