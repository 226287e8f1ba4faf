import { NetworkError, type Request, type Send } from '../types.ts'
import { pathWithQuery } from './axios.ts'

/** A request that was sent once, and what came of it. */
export interface SentRequest {
  readonly request: Request
  /** The status; the code of the network's error where there was no answer. */
  readonly outcome: number | string
  readonly ms: number
  readonly bytes: number
}

/** Sends, and tells of each request once its answer is there, or none will come. */
export function reporting(send: Send, onSent: (sent: SentRequest) => void): Send {
  return async request => {
    const startedAt = performance.now()
    const report = (outcome: number | string, bytes: number) =>
      onSent({
        request,
        outcome,
        ms: Math.round(performance.now() - startedAt),
        bytes,
      })
    try {
      const reply = await send(request)
      report(reply.status, reply.bytes.length)
      return reply
    } catch (error) {
      report(error instanceof NetworkError ? error.code : 'no answer', 0)
      throw error
    }
  }
}

/** The address of a request, with the values masked whose parameters' names say that they authenticate. */
export function addressOf(request: Request): string {
  const url = (request.origin ?? '') + pathWithQuery(request)
  return url.replace(/([?&][^=&]*(?:key|token|secret|password|auth|signature)[^=&]*=)[^&]+/gi, '$1****')
}
