import type { ConnectorError } from '../../errors.ts'
import type { Setback } from '../types.ts'

/** The verdict that a request is to be made again. */
export function retry(error: ConnectorError): Setback {
  return { verdict: 'retry', error }
}

/** The verdict that a request has failed for good. */
export function fail(error: ConnectorError): Setback {
  return { verdict: 'fail', error }
}
