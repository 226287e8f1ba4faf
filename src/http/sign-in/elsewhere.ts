import { pathOf, type Reply, type Request, type Send } from '../types.ts'

/** Two paths that every account serves, one of which is not the path that was refused. */
const WITNESSES = ['/api/v2/agents', '/api/v2/queues']

/** A 401 that stays, with what another path says to the same headers: credentials that are good there are not to blame, and
 *  others are no reason to take a stream for absent. An answer that may pass, such as a 503, is given instead, so that all
 *  is asked again. */
export async function askElsewhere(request: Request, refusal: Reply, send: Send): Promise<Reply> {
  const path = WITNESSES.find(one => one !== pathOf(request)) ?? ''
  const { headers = {}, stream } = request
  const query = { page: 1, max: 1 }
  const reply = await send({
    method: 'GET',
    path,
    query,
    headers,
    ...(stream === undefined ? {} : { stream }),
  })
  reply.release?.()
  if (reply.status === 429 || reply.status >= 500) return reply
  return { ...refusal, elsewhere: meaningOf(reply.status) }
}

/** Who is not allowed something is known. */
function meaningOf(status: number): NonNullable<Reply['elsewhere']> {
  if (status === 401) return 'refused'
  return status === 403 || (status >= 200 && status < 300) ? 'accepted' : 'unknown'
}
