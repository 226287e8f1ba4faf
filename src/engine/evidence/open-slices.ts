import { ConnectorError, type Failure } from '../../errors.ts'
import type { Open, Verdict } from './verdict.ts'

/** The slices of a stream that stay open, by reason. */
export interface OpenSlices {
  add(verdict: Verdict): void
  /** What to say of them all at the stream's end; undefined when there is none. */
  error(stream: string): ConnectorError | undefined
}

/** Collects what stays open. */
export function collectOpenSlices(): OpenSlices {
  const found = new Map<Open, ConnectorError[]>()
  return {
    add(verdict) {
      if (!verdict.received)
        found.set(verdict.because, [...(found.get(verdict.because) ?? []), verdict.error])
    },
    error(stream) {
      const errors = [...found.values()].flat()
      const [first] = errors
      if (first === undefined) return undefined
      if (errors.length === 1 || [...found.keys()].every(reason => reason === 'mistaken')) return first
      return new ConnectorError(actorOf(errors), wordsFor(stream, found), {
        ...(first.status === undefined ? {} : { status: first.status }),
        ...(first.internal === undefined ? {} : { internal: first.internal }),
      })
    },
  }
}

/** Who acts on several errors: a retry helps as soon as it helps one of them; the user is asked where nothing else helps. */
function actorOf(errors: readonly ConnectorError[]): Failure {
  const order = ['transient_error', 'system_error'] as const
  return order.find(failure => errors.some(error => error.failure === failure)) ?? 'config_error'
}

function wordsFor(stream: string, found: ReadonlyMap<Open, readonly ConnectorError[]>): string {
  const counts = [...found].map(([reason, errors]) => `${errors.length} ${PARTS[reason]}`)
  const examples = [...found.values()].flatMap(errors => errors.slice(0, 1).map(({ message }) => message))
  return (
    `Stream ${stream} was not received whole. Parts of it stay open and are read again by the next sync: ` +
    `${counts.join(', ')}. ${examples.join(' ')}`
  )
}

const PARTS: Readonly<Record<Open, string>> = {
  failed: 'failed',
  refused: 'refused',
  short: 'short of their own count',
  capped: 'cut off by the API',
  'all gone': 'without a parent',
  'other parents': 'whose rows name other parents',
  'no parents': 'whose parents are missing',
  mistaken: 'that point to a mistake in the config',
}
