import type { Call } from '../../http/types.ts'

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
