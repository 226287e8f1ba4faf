/** Who must act: the user (config), nobody yet because a retry may help (transient), or this program's makers. */
export type Failure = 'config_error' | 'transient_error' | 'system_error'

interface Facts {
  /** What was seen, for logs and support; not shown as the headline. */
  readonly internal?: string
  /** The HTTP status that led to the error, where one did. */
  readonly status?: number
  /** `run` when no other stream can succeed either, e.g. a refused credential. Default: `stream`. */
  readonly scope?: 'stream' | 'run'
  /** The answer was not the API's own, but a page of something before it. */
  readonly isForeign?: boolean
}

/** An error with a sentence for the user, and the party who must act on it. It never holds a secret. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError'
  readonly failure: Failure
  readonly internal: string | undefined
  readonly status: number | undefined
  readonly scope: 'stream' | 'run'
  readonly isForeign: boolean

  constructor(failure: Failure, message: string, facts: Facts = {}) {
    super(message)
    this.failure = failure
    this.internal = facts.internal
    this.status = facts.status
    this.scope = facts.scope ?? 'stream'
    this.isForeign = facts.isForeign ?? false
  }
}

/** The user must change something. */
export function configError(message: string, facts?: Facts): ConnectorError {
  return new ConnectorError('config_error', message, facts)
}

/** Nobody needs to act yet: the same sync may succeed later. */
export function transientError(message: string, facts?: Facts): ConnectorError {
  return new ConnectorError('transient_error', message, facts)
}

/** The connector, or the API behind it, did what it should not. */
export function systemError(message: string, facts?: Facts): ConnectorError {
  return new ConnectorError('system_error', message, facts)
}

/** The error as a ConnectorError; anything unforeseen becomes a system_error that keeps its text and stack. */
export function asConnectorError(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  if (error instanceof RangeError && error.message.includes('call stack')) return tooDeep(error)
  const text = error instanceof Error ? error.message : String(error)
  const wrapped = systemError(`The connector met an error that it did not foresee: ${text}`)
  if (error instanceof Error && error.stack !== undefined) wrapped.stack = error.stack
  return wrapped
}

function tooDeep(error: RangeError): ConnectorError {
  const wrapped = systemError(
    'The connector ran out of stack, as it does when data is nested thousands of levels deep. Deselect the stream, and ' +
      'please report this.',
  )
  if (error.stack !== undefined) wrapped.stack = error.stack
  return wrapped
}

/** Whether this status may say that a request asks for too much at once: too large a page, or too long a time. */
export function mayRefuseAsTooMuch(status = 0): boolean {
  return [400, 413, 422].includes(status)
}
