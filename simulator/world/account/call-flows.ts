import { daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'
import { isoTime } from '../ground/time.ts'

/** How many call flows the seed's world has. */
export const CALL_FLOWS = 6

/** Call flow `index`. Its shape is not documented; only id and name can be relied on. */
export function callFlowAt(facts: Facts, index: number): Row {
  return {
    id: idOf(facts.seed, 'call_flows', index),
    name: ['Hotline', 'Rückruf', 'Sondage', 'Nachtmodus'][index % 4],
    enabled: index !== 2,
    ...(index % 2 === 0 ? { description: 'Menü → Warteschlange → Voicemail' } : {}),
    steps: [8, 3, 7].map(application => ({ application: idOf(facts.seed, 'applications', application) })),
    dateCreated: isoTime(daysAgo(facts, 30 + index)),
  }
}
