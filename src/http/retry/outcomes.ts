import { ConnectorError, configError, mayRefuseAsTooMuch, systemError, transientError } from '../../errors.ts'
import { excerpt, isObject, type JsonObject } from '../../json.ts'
import { pathOf, type Reply, type Request, type Setback, type Verdict } from '../types.ts'
import { ofHost } from './foreign-hosts.ts'
import { isRateLimit } from './limits.ts'
import { fail, retry } from './setback.ts'

const OK: Verdict = { verdict: 'ok' }

type Rule = (what: string, said: string, reply: Reply) => Setback

/** One row per status that means something of its own; the rest is decided by its hundred. */
const RULES: Readonly<Record<number, Rule>> = {
  401: (what, said, reply) =>
    fail(
      reply.elsewhere === undefined || reply.elsewhere === 'refused'
        ? refused(what, said)
        : refusedHere(what, said, reply),
    ),
  403: (what, said, reply) =>
    fail(
      configError(
        `Babelforce refused ${what} (403${said}): these credentials may not read it. Give their user the manager role ` +
          'under Global settings > User management, or deselect this stream.',
        { status: reply.status },
      ),
    ),
  408: busy,
  425: busy,
}

/** Judges a whole answer by its status. */
export function judge(request: Request, reply: Reply): Verdict {
  if (reply.status >= 200 && reply.status < 300) return OK
  const what = `${request.method} ${pathOf(request)}`
  const text = errorText(reply)
  const said = `${reply.status}${text === '' ? '' : `: ${text}`}`
  if (limitsRate(request, reply)) return ofHost(request, limited(what, said))
  const special = request.explain?.(reply.status, text)
  const rule = RULES[reply.status] ?? byHundred(reply.status)
  const setback =
    special === undefined ? ofHost(request, rule(what, text === '' ? '' : `: ${text}`, reply)) : fail(special)
  return isForeign404(reply) ? { verdict: 'retry', retries: 1, error: ofForeign(setback.error) } : setback
}

/** Whether the answer refuses a request because there were too many. */
export function limitsRate(request: Request, reply: Reply): boolean {
  return reply.status >= 400 && isRateLimit(reply, errorText(reply)) && !mayBeTooLarge(request, reply)
}

/** Whether a smaller page may be what helps. */
export function mayBeTooLarge({ isTrial }: Request, reply: Reply | undefined): boolean {
  if (isTrial !== true || reply === undefined) return false
  return mayRefuseAsTooMuch(reply.status) || reply.status >= 500
}

/** A limit counts as a 429, with whatever status it came. */
function limited(what: string, said: string): Setback {
  return retry(
    transientError(`Babelforce limits the rate of requests (${said}) at ${what}.`, { status: 429 }),
  )
}

/** Whether a 404 is not the API's own, which comes as JSON: a page of a proxy, or of a server that is starting. */
function isForeign404({ status, bytes }: Reply): boolean {
  return status === 404 && parse(bytes) === undefined
}

function ofForeign({ failure, message, status = 404 }: ConnectorError): ConnectorError {
  return new ConnectorError(failure, message, { status, isForeign: true })
}

function refused(what: string, said: string): ConnectorError {
  return configError(
    `Babelforce does not accept the credentials for ${what} (401${said}). Sign in again: check the user name and ` +
      'password, or the access id and token. Newer accounts refuse access id and token; use the OAuth user name ' +
      'and password instead.',
    { status: 401, scope: 'run' },
  )
}

/** Where nobody could say whether the credentials are good elsewhere, the status is left out: it does not mean absence. */
function refusedHere(what: string, said: string, { elsewhere }: Reply): ConnectorError {
  return configError(
    `Babelforce does not accept the credentials for ${what} (401${said})${elsewhere === 'accepted' ? ', though it does elsewhere' : ''}. Give their user access to it under ` +
      'Global settings > User management, or deselect this stream.',
    elsewhere === 'accepted' ? { status: 401 } : {},
  )
}

/** Judges a 2xx answer whose body is of no use: ask again, since proxies and broken connections do this. */
export function judgeBody(request: Request, error: Error): Setback {
  const what = `${request.method} ${pathOf(request)}`
  return ofHost(
    request,
    retry(transientError(`Babelforce's answer to ${what} is not usable: ${error.message}.`)),
  )
}

/** The sentence that the API put into an error's body, cut to a line; empty when there is none. */
export function errorText(reply: Reply): string {
  const body = parse(reply.bytes)
  if (body === undefined) return ''
  const keys = ['message', 'error_description', 'error_message', 'error', 'detail', 'error_detail']
  const text = keys.map(key => body[key]).find(value => typeof value === 'string' && value !== '')
  return typeof text === 'string' ? excerpt(text) : ''
}

function busy(what: string, said: string, reply: Reply): Setback {
  return retry(
    transientError(
      `Babelforce cannot answer ${what} now (${reply.status}${said}). The sync can be tried again in a few minutes.`,
      { status: reply.status },
    ),
  )
}

function byHundred(status: number): Rule {
  if (status >= 500) return busy
  if (status >= 300 && status < 400) return redirected
  return (what, said, reply) =>
    fail(systemError(`Babelforce did not accept ${what} (${reply.status}${said}).`, { status: reply.status }))
}

function redirected(what: string, _said: string, reply: Reply): Setback {
  const to = reply.headers['location'] ?? 'nowhere'
  return fail(
    configError(
      `The host redirects ${what} to ${excerpt(to)} (${reply.status}). Credentials do not follow redirects: enter the ` +
        'host of the API itself as environment or base_url.',
      { status: reply.status },
    ),
  )
}

function parse(bytes: Buffer): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    return isObject(body) ? body : undefined
  } catch {
    return undefined
  }
}
