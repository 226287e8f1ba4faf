import type { Delivery } from '../response.ts'
import { everyNth, type Fault, type FaultRow, wholeIn } from './fault.ts'

/** Faults in how an answer travels. */
export const wireFaults: readonly FaultRow[] = [
  {
    says: 'reset-headers:N',
    does: 'every Nth connection is reset before the answer',
    make: broken('reset-headers'),
  },
  { says: 'reset-body:N', does: 'every Nth connection is reset in mid-body', make: broken('reset-body') },
  {
    says: 'truncated:N',
    does: 'every Nth body is half its JSON, with a fitting length',
    make: broken('truncated'),
  },
  { says: 'stall:N', does: 'every Nth request is never answered', make: broken('never') },
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
    does: 'bodies are compressed for clients that accept it',
    make: () => ({ after: response => ({ ...response, gzip: true }) }),
  },
  {
    says: 'clock-skew:SECONDS',
    does: 'the Date header is off by so much',
    make: argument => {
      const skewMs = wholeIn(argument, 300) * 1000
      const skewed = (now: number) => ({ date: new Date(now + skewMs).toUTCString() })
      return {
        after: (response, _, now) => ({ ...response, headers: { ...response.headers, ...skewed(now) } }),
      }
    },
  },
]

function broken(delivery: Delivery): (argument: string) => Fault {
  return argument => {
    const due = everyNth(argument)
    return { after: response => (due() ? { ...response, delivery } : response) }
  }
}
