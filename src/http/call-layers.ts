import { createSlots } from '../concurrency.ts'
import { ConnectorError } from '../errors.ts'
import { isFull, type Memory, outOfMemory } from './memory-guard.ts'
import type { Call, Reply, Request } from './types.ts'
import { addressOf } from './wire/sent-requests.ts'

/** What may be laid around the way to the API, in the order in which a request passes: counted for its stream, held back
 *  where its stream allows only so many at a time, refused where memory is nearly used up, and recorded for those who look
 *  at requests. Each takes a call and gives one. */
export type CallLayer = (call: Call) => Call

/** A call that counts the requests of each stream. */
export function countRequests(call: Call): {
  readonly call: Call
  readonly requestsOf: (stream: string) => number
} {
  const counts = new Map<string, number>()
  return {
    requestsOf: stream => counts.get(stream) ?? 0,
    call(request, read) {
      const stream = request.stream ?? ''
      counts.set(stream, (counts.get(stream) ?? 0) + 1)
      return call(request, read)
    },
  }
}

/** A layer that lets so many requests be under way at a time; any number where it is not given. */
export function limitParallelism(parallelism: number | undefined): CallLayer {
  if (parallelism === undefined) return call => call
  const inSlot = createSlots(parallelism)
  return call => (request, read) => inSlot(() => call(request, read))
}

/** A layer that ends the run when one of the memories is nearly used up: what was read is then saved, whereas a process that
 *  is killed may have said less than it did. Looked at before each request; from the first refusal on all are refused, since
 *  a run takes a while to end. */
export function guardMemory(memories: readonly Memory[]): CallLayer {
  let full: Memory | undefined
  return call => (request, read) => {
    full ??= memories.find(isFull)
    return full === undefined ? call(request, read) : Promise.reject(outOfMemory(full))
  }
}

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
  const { method, body } = request
  return { method, url: addressOf(request), body }
}
