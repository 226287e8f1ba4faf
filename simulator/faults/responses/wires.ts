import type { Delivery, Response } from '../../response.ts'
import { everyNth, type Fault, type FaultRow, wholeIn } from '../fault.ts'

/** Faults in how a response travels. */
export const wireFaults: readonly FaultRow[] = [
  {
    says: 'reset-headers:N',
    does: 'every Nth connection is reset before the response',
    make: broken('reset-headers'),
  },
  { says: 'reset-body:N', does: 'every Nth connection is reset mid-body', make: broken('reset-body') },
  {
    says: 'truncated:N',
    does: 'every Nth body is cut to half its JSON, with a matching length',
    make: broken('truncated'),
  },
  { says: 'stall:N', does: 'every Nth request never gets a response', make: broken('never') },
  {
    says: 'slow-body:MS',
    does: 'the second half of every body comes MS milliseconds late',
    make: argument => {
      const bodyMs = wholeIn(argument, 1000)
      return { after: response => ({ ...response, bodyMs }) }
    },
  },
  {
    says: 'gzip',
    does: 'bodies are compressed for clients that accept gzip',
    make: () => ({ after: response => ({ ...response, gzip: true }) }),
  },
  {
    says: 'clock-skew:SECONDS',
    does: 'the Date header is off by this many seconds, that of the sign-in too',
    where: ['/'],
    make: argument => {
      const skewMs = wholeIn(argument, 300) * 1000
      const skewed = (now: number) => ({ date: new Date(now + skewMs).toUTCString() })
      return {
        after: (response, _, now) =>
          response.isUndated ? response : { ...response, headers: { ...response.headers, ...skewed(now) } },
      }
    },
  },
  {
    says: 'no-date',
    does: 'responses have no Date header, nor has the sign-in',
    where: ['/'],
    make: () => ({ after: undated }),
  },
]

function undated(response: Response): Response {
  const { date: _, ...headers } = response.headers
  return { ...response, headers, isUndated: true }
}

function broken(delivery: Delivery): (argument: string) => Fault {
  return argument => {
    const due = everyNth(argument)
    return { after: response => (due() ? { ...response, delivery } : response) }
  }
}
