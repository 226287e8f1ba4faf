import { numberOf } from '../../../simulator/faults/parents/spelling.ts'
import type { Simulator } from '../../../simulator/server.ts'
import { registerRows } from '../../../simulator/world/lookups.ts'
import type { World } from '../../../simulator/world/view.ts'
import type { Printed } from '../../harness/program.ts'
import { worldKey } from '../../harness/standard.ts'
import { definitionOf } from './kinds.ts'

/** The key of a record, or of a row of the world, in one spelling whatever the API's. */
export type KeyOf = (stream: string, record: Printed) => string

/** The numbers that parents may be listed under have 32 bits. */
const IS_NUMBER = /^\d{1,10}$/

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
  const idBehind = (number: string) => {
    if (!ids.has(number)) for (const id of conversationIds(world)) ids.set(String(numberOf(id)), id)
    return ids.get(number) ?? number
  }
  const plain = (part: string) =>
    (IS_NUMBER.test(part) ? idBehind(part) : part).toLowerCase().replaceAll('-', '')
  return (stream, record) => {
    const def = definitionOf(stream)
    if (def.incremental?.strategy === 'intervals') return intervalKey(def.primaryKey, record, plain)
    return worldKey(def, record).split('|').map(plain).join('|')
  }
}

/** Conversations are parents that arrive all the time. */
function conversationIds({ conversations: { timeline, idOf }, now }: World): readonly string[] {
  return Array.from({ length: timeline.countBefore(now(), true) }, (_, at) => idOf(timeline.refAt(at)))
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
