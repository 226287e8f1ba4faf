import type { Printed } from '../../harness/program.ts'
import type { KeyOf } from './keys.ts'

/** What a destination has received so far. */
export interface Deliveries {
  readonly take: (messages: readonly Printed[]) => void
  /** The latest record of a stream with this key, of any sync. */
  readonly latest: (stream: string, key: string) => Printed | undefined
  /** Whether a record has come since the last sync that ended well. */
  readonly isFresh: (stream: string, key: string) => boolean
  readonly keys: (stream: string) => readonly string[]
  /** A sync has ended well. */
  readonly endSync: () => void
  /** The last state of each stream, as messages. */
  readonly states: () => readonly Printed[]
}

/** A destination that has received nothing yet. */
export function makeDeliveries(keyOf: KeyOf): Deliveries {
  const records = new Map<string, Map<string, Printed>>()
  const fresh = new Map<string, Set<string>>()
  const states = new Map<string, Printed>()
  const take = (message: Printed) => {
    if (message.type === 'STATE') states.set(message.state.stream.stream_descriptor.name, message)
    if (message.type !== 'RECORD') return
    const { stream, data } = message.record
    const key = keyOf(stream, data)
    mapIn(records, stream).set(key, data)
    setIn(fresh, stream).add(key)
  }
  return {
    take: messages => messages.forEach(take),
    latest: (stream, key) => records.get(stream)?.get(key),
    isFresh: (stream, key) => fresh.get(stream)?.has(key) === true,
    keys: stream => [...(records.get(stream)?.keys() ?? [])],
    endSync: () => fresh.clear(),
    states: () => [...states.values()],
  }
}

function mapIn(maps: Map<string, Map<string, Printed>>, name: string): Map<string, Printed> {
  const known = maps.get(name) ?? new Map()
  maps.set(name, known)
  return known
}

function setIn(sets: Map<string, Set<string>>, name: string): Set<string> {
  const known = sets.get(name) ?? new Set()
  sets.set(name, known)
  return known
}
