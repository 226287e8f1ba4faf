import { ConnectorError } from '../errors.ts'
import type { Call, Reply, Request } from './types.ts'
import { pathWithQuery } from './wire/axios.ts'

/** A request that was made, and its outcome. */
export interface RecordedRequest {
  readonly method: string
  /** The address as it was sent, except values that authenticate. */
  readonly url: string
  readonly body: string | undefined
  /** Undefined if there was no response. */
  readonly status: number | undefined
  readonly ms: number
  readonly reply: Reply | undefined
}

/** A call that records its requests, in the order in which they ended. */
export function recordRequests(call: Call): {
  readonly call: Call
  readonly requests: readonly RecordedRequest[]
} {
  const requests: RecordedRequest[] = []
  return {
    requests,
    async call(request, read) {
      const startedAt = performance.now()
      let reply: Reply | undefined
      const record = (status: number | undefined) =>
        requests.push({ ...factsOf(request), status, ms: Math.round(performance.now() - startedAt), reply })
      try {
        const value = await call(request, response => {
          reply = response
          return read(response)
        })
        record(reply?.status)
        return value
      } catch (error) {
        record(reply?.status ?? (error instanceof ConnectorError ? error.status : undefined))
        throw error
      }
    },
  }
}

function factsOf(request: Request): Pick<RecordedRequest, 'method' | 'url' | 'body'> {
  const { method, origin = '', body } = request
  return { method, url: withoutSecrets(origin + pathWithQuery(request)), body }
}

/** The address with the values masked whose parameters' names say that they authenticate. */
function withoutSecrets(url: string): string {
  return url.replace(/([?&][^=&]*(?:key|token|secret|password|auth|signature)[^=&]*=)[^&]+/gi, '$1****')
}
