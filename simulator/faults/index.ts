import type { FaultRow, PlacedFault } from './fault.ts'
import { bodyFaults } from './lists/bodies.ts'
import { capFaults } from './lists/caps.ts'
import { changeFaults } from './lists/changes.ts'
import { countFaults } from './lists/counts.ts'
import { orderFaults } from './lists/order.ts'
import { pageFaults } from './lists/pages.ts'
import { shapeFaults } from './lists/shapes.ts'
import { sizeFaults } from './lists/sizes.ts'
import { childFaults } from './parents/children.ts'
import { parentListFaults } from './parents/lists.ts'
import { spellingFaults } from './parents/spelling.ts'
import { areaFaults } from './responses/areas.ts'
import { envelopeFaults } from './responses/envelopes.ts'
import { limitFaults } from './responses/limits.ts'
import { statusFaults } from './responses/statuses.ts'
import { wireFaults } from './responses/wires.ts'
import { aggregateFaults } from './time/aggregates.ts'
import { dateFaults } from './time/dates.ts'
import { filterFaults } from './time/filters.ts'
import { reportingFaults } from './time/reporting.ts'

const everywhere = ['/api/', '/auth/'] as const

/** Every fault there is. */
export const faultTable: readonly FaultRow[] = [
  ...statusFaults,
  ...envelopeFaults,
  ...limitFaults,
  ...wireFaults,
  ...areaFaults,
  ...pageFaults,
  ...sizeFaults,
  ...capFaults,
  ...countFaults,
  ...orderFaults,
  ...changeFaults,
  ...shapeFaults,
  ...bodyFaults,
  ...filterFaults,
  ...reportingFaults,
  ...aggregateFaults,
  ...dateFaults,
  ...parentListFaults,
  ...childFaults,
  ...spellingFaults,
]

/** The faults of a comma-separated list of `name`, `name:argument` and `name:argument@/path`, each with a fresh
 *  memory. Throws on a name that is not in the table. */
export function makeFaults(text: string): readonly PlacedFault[] {
  const items = text.split(',').map(item => item.trim())
  return items.filter(item => item !== '').map(makeFault)
}

function makeFault(item: string): PlacedFault {
  const [, head = item, path] = /^(.*?)(?:@(\/.*))?$/.exec(item) ?? []
  const [, name = head, argument = ''] = /^([^:]*):?(.*)$/.exec(head) ?? []
  const row = faultTable.find(one => one.says.split(':')[0] === name)
  if (!row) throw new Error(`There is no fault "${name}". --help lists them all.`)
  return { ...row.make(argument), where: path === undefined ? (row.where ?? everywhere) : [path] }
}
