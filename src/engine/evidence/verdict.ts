import type { ConnectorError } from '../../errors.ts'

/** Why everything in a slice is known to have been received.
 *  - `end seen`: its list was read to an end that was seen, and holds all that it claims.
 *  - `nothing there`: the account does not have the endpoint.
 *  - `gone`: its parent is no longer there, and others are.
 *  - `found so again`: it is short of its own count, and was found so at least an hour apart, unchanged. */
export type Received = 'end seen' | 'nothing there' | 'gone' | 'found so again'

/** Why a slice is not known to have been received.
 *  - `failed`: the API did not answer it, or answered with an error.
 *  - `refused`: these credentials may not read it.
 *  - `short`: fewer records came than are claimed.
 *  - `capped`: the list was cut off, and cannot be asked for in smaller parts.
 *  - `all gone`: every one of its parents answered that it is gone.
 *  - `other parents`: all its rows name other parents.
 *  - `no parents`: the list of its parents is empty, though there were some.
 *  - `mistaken`: its answers point to a mistake in how the stream is described. */
export type Open =
  | 'failed'
  | 'refused'
  | 'short'
  | 'capped'
  | 'all gone'
  | 'other parents'
  | 'no parents'
  | 'mistaken'

/** What reading a slice came to. Only `received` closes time. */
export type Verdict =
  | { readonly received: true; readonly because: Received }
  | { readonly received: false; readonly because: Open; readonly error: ConnectorError }

/** The slice was received. */
export function received(because: Received): Verdict {
  return { received: true, because }
}

/** The slice stays open, and this is what to say of it. */
export function open(because: Open, error: ConnectorError): Verdict {
  return { received: false, because, error }
}
