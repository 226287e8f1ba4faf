import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageSpec } from '../../fetch/request.ts'
import { byOwnTime, type StreamDef } from '../../stream/definition.ts'
import { CALLS, DAY, HOUR, MINUTE, NOW, SECOND, things } from '../../testing.ts'
import { createStrays } from './strays.ts'

interface Row {
  readonly says: string
  readonly def?: StreamDef
  /** How long the window is, which ends now; null where there is none. */
  readonly lengthMs?: number | null
  /** How much wider it was asked for. */
  readonly marginMs?: number
  /** The pages, by how long after the window's end their rows lie. */
  readonly pages: readonly (readonly number[])[]
  readonly out: number
}

const rows: readonly Row[] = [
  { says: 'of which no row lies beside the window is not', pages: [], out: 0 },
  { says: 'of rows within a margin of seconds is not', pages: [[-DAY - 3 * SECOND, 3 * SECOND]], out: 0 },
  { says: 'of rows in the next minute is by a minute', pages: [[4 * SECOND]], out: MINUTE },
  { says: 'of rows in the minute before is too', pages: [[-DAY - 4 * SECOND]], out: MINUTE },
  {
    says: 'of rows an hour later is by two, with the second that is asked for anyway',
    pages: [[HOUR + 2 * SECOND]],
    out: 2 * HOUR,
  },
  { says: 'is by what its furthest page shows', pages: [[2 * HOUR], [4 * SECOND], [-DAY]], out: 2 * HOUR },
  { says: 'is not by more than it is known to be', marginMs: 2 * HOUR, pages: [[4 * HOUR]], out: 0 },
  { says: 'is where it shows more than is known', marginMs: HOUR, pages: [[4 * HOUR]], out: 3 * HOUR },
  { says: 'is none where rows lie more than a day beside', pages: [[DAY + 2 * SECOND]], out: 0 },
  { says: 'tells nothing by rows without a time', pages: [[Number.NaN]], out: 0 },
  { says: 'tells by the others beside such', pages: [[HOUR], [Number.NaN]], out: HOUR },
  { says: 'tells nothing of a slice without a window', lengthMs: null, pages: [[HOUR]], out: 0 },
  {
    says: 'tells nothing where the server does not filter',
    def: things({ incremental: byOwnTime('dateCreated') }),
    pages: [[HOUR]],
    out: 0,
  },
  { says: 'tells nothing where records have no time', def: things(), pages: [[HOUR]], out: 0 },
]

for (const { says, def = CALLS, lengthMs = DAY, marginMs, pages, out } of rows)
  test(`a filter by time that is off ${says}`, () => {
    const window = lengthMs === null ? {} : { window: { from: NOW - lengthMs, to: NOW } }
    const spec = { def, route: CALLS.routes[0], slice: window, pageSize: 10, filters: {} }
    const strays = createStrays(marginMs === undefined ? spec : ({ ...spec, marginMs } satisfies PageSpec))
    for (const page of pages) strays.add(page.map(rowAt))
    assert.equal(strays.marginMs(), out)
  })

function rowAt(afterMs: number) {
  return {
    json: Number.isNaN(afterMs)
      ? { id: 'a' }
      : { id: 'a', dateCreated: new Date(NOW + afterMs).toISOString() },
  }
}
