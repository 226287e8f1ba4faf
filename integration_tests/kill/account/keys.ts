import { numberOf } from '../../../simulator/faults/parents/spelling.ts'
import type { Simulator } from '../../../simulator/server.ts'
import { registerRows } from '../../../simulator/world/lookups.ts'
import type { Printed } from '../../harness/program.ts'
import { worldKey } from '../../harness/standard.ts'
import { definitionOf } from './kinds.ts'

/** The key of a record, or of a row of the world, in one spelling whatever the API's. */
export type KeyOf = (stream: string, record: Printed) => string

const PARENTS = ['agents', 'agent_groups', 'campaigns', 'outbound_lists', 'queues'] as const

/** Keys of an account: hyphens and capitals do not count, and a number that a parent is listed under is its id. */
export function makeKeys({ world }: Pick<Simulator, 'world'>): KeyOf {
  const ids = new Map<string, string>()
  for (const stream of PARENTS) {
    const { count, idAt } = registerRows(world, stream)
    for (let place = 0; place < count; place++) {
      const id = idAt?.(place) ?? ''
      ids.set(String(numberOf(id)), id)
    }
  }
  const plain = (part: string) => (ids.get(part) ?? part).toLowerCase().replaceAll('-', '')
  return (stream, record) => {
    const def = definitionOf(stream)
    if (def.incremental?.strategy === 'intervals') return intervalKey(def.primaryKey, record, plain)
    return worldKey(def, record).split('|').map(plain).join('|')
  }
}

function intervalKey(parts: readonly string[], record: Printed, plain: (part: string) => string): string {
  const named = parts.filter(part => part !== 'id')
  return named
    .map(part => plain(part.startsWith('window') ? iso(record[part]) : String(record[part])))
    .join('|')
}

function iso(moment: string): string {
  return new Date(moment).toISOString()
}
