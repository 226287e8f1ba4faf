import { ConnectorError } from '../../errors.ts'
import { pathOf, type Request, type Setback } from '../types.ts'

/** The setback in words about the host that was asked, where that is not Babelforce's; it is a matter of the one stream
 *  then, whatever it would be otherwise. */
export function ofHost(request: Request, setback: Setback): Setback {
  if (request.origin === undefined) return setback
  const { failure, status, internal } = setback.error
  const facts = {
    ...(status === undefined ? {} : { status }),
    ...(internal === undefined ? {} : { internal }),
  }
  const error = new ConnectorError(failure, wordsFor(request, setback.error), facts)
  return { ...setback, error }
}

function wordsFor(
  { origin = '', ...request }: Request,
  { message, status, internal }: ConnectorError,
): string {
  const { host } = new URL(origin)
  const what = `${request.method} ${pathOf(request)}`
  if (status === 401 || status === 403)
    return `${host} refuses ${what} (${status}). It is asked without the Babelforce credentials: put what signs you in there into the stream's headers.`
  if (internal === 'ENOTFOUND')
    return `There is no host ${host}, which ${what} is requested from. Fix the stream's url.`
  return message.replaceAll('Babelforce', host)
}
