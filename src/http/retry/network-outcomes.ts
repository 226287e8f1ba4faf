import { type ConnectorError, configError, systemError, transientError } from '../../errors.ts'
import { type NetworkError, pathOf, type Request, type Setback } from '../types.ts'
import { ofHost } from './foreign-hosts.ts'
import { fail, retry } from './setback.ts'

/** Judges a request that got no whole answer: everything may pass but a name that does not exist or a size. */
export function judgeNetwork(request: Request, error: NetworkError): Setback {
  return ofHost(request, judgeFault(request, error))
}

function judgeFault(request: Request, error: NetworkError): Setback {
  const what = `${request.method} ${pathOf(request)}`
  if (error.code === 'ESTOPPED')
    return fail(transientError('The sync was stopped before it finished.', { scope: 'run' }))
  if (error.code === 'EPRIVATE')
    return fail(configError(`${what} is not asked: ${error.message}. Only public hosts can be asked.`))
  if (error.code === 'ETOOBIG') return fail(tooLarge(what, error))
  if (error.code === 'ENOTFOUND')
    return retry(error.message.includes(SHARED_HOST) ? offline(error) : noHost(error))
  return retry(CERTIFICATE.has(error.code) ? untrusted(what, error) : unanswered(what, error))
}

function tooLarge(what: string, { code, message }: NetworkError): ConnectorError {
  return systemError(`Babelforce's answer to ${what} is too large: ${message}.`, { internal: code })
}

function noHost({ code, message }: NetworkError): ConnectorError {
  return configError(
    `There is no host for this environment (${message}). The environment must be "services", or the first part of your own ` +
      'address, e.g. my-company for https://my-company.babelforce.com.',
    { scope: 'run', internal: code },
  )
}

function unanswered(what: string, { code, message }: NetworkError): ConnectorError {
  return transientError(
    `No answer from Babelforce to ${what} (${code}: ${message}). The sync can be tried again; if it stays so, check the ` +
      'network, a proxy, and the status of Babelforce.',
    { internal: code },
  )
}

/** The host of all accounts without an address of their own. */
const SHARED_HOST = 'services.babelforce.com'

function offline({ code, message }: NetworkError): ConnectorError {
  return transientError(
    `This machine cannot find ${SHARED_HOST}, which always exists (${message}): it is offline, or behind a proxy. Check its ` +
      'network; a proxy is named in the environment variable HTTPS_PROXY.',
    { scope: 'run', internal: code },
  )
}

/** Codes that say: the other side could not prove that it is the host asked for. Source: Node's tls documentation. */
const CERTIFICATE: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function untrusted(what: string, { code, message }: NetworkError): ConnectorError {
  return configError(
    `The host asked for ${what} could not prove that it is the one (${code}: ${message}). Nothing was sent. Check the ` +
      'environment or base_url; behind a proxy that opens TLS, name the file with its CA in NODE_EXTRA_CA_CERTS.',
    { scope: 'run', internal: code },
  )
}
