import { asConnectorError, ConnectorError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { jsonIn } from '../bytes/raw-record.ts'
import type { FirstPage } from '../fetch/served-route.ts'
import { shareKeys } from '../records/duplicates.ts'
import { createRecordFilter } from '../records/filter.ts'
import { emptyTally, type Tally } from '../records/tally.ts'
import type { Slice } from '../stream/context.ts'
import type { StreamDef } from '../stream/definition.ts'
import type { Sign } from '../stream/mistakes.ts'
import { type Looking, pagesOf } from './first-pages.ts'
import type { Sample } from './sampled.ts'

/** What the slices showed that were looked at. */
export interface Seen {
  readonly records: JsonObject[]
  /** The objects that the records came from. */
  readonly raw: JsonObject[]
  readonly signs: Sign[]
  readonly tally: Tally
  readonly failures: ConnectorError[]
  /** How many slices were looked at. */
  parts: number
}

/** No slice was looked at. So many were passed over for want of a value. */
export function nothingSeen(valueless: number): Seen {
  return { records: [], raw: [], signs: [], tally: { ...emptyTally(), valueless }, failures: [], parts: 0 }
}

/** Looks at a slice. Rejects where what failed concerns them all. */
export async function look(slice: Slice, seen: Seen, looking: Looking): Promise<void> {
  seen.parts++
  try {
    for (const page of await pagesOf(slice, looking))
      if (page === 'gone') seen.tally.gone++
      else take(page, slice, seen, looking)
  } catch (error) {
    if (error instanceof ConnectorError && error.scope === 'run') throw error
    seen.failures.push(asConnectorError(error))
    if (isWhole(slice)) throw error
  }
}

function take({ page, askedAt }: FirstPage, slice: Slice, seen: Seen, { def, engine }: Looking): void {
  const { signs, raw, records, tally } = seen
  signs.push(...(page.signs ?? []))
  const asked = { def, engine, slice, askedAt, tally }
  const filter = createRecordFilter({ ...asked, bounds: undefined, keys: shareKeys() })
  for (const one of page.rows.map(jsonIn).filter(isObject)) raw.push(one)
  for (const one of filter.take(page.rows).map(jsonIn).filter(isObject)) records.push(one)
}

/** The sample that comes of what was seen: at most `limit` records. Throws where every slice failed. */
export function sampleIn(seen: Seen, { mistakes }: StreamDef, limit: number): Sample {
  const { records, raw, tally, failures, parts, signs } = seen
  const [first] = failures
  if (first !== undefined && failures.length === parts) throw first
  const mistake = tally.gone > 0 && tally.gone === parts ? mistakes?.allGone(parts) : undefined
  return { records: records.slice(0, limit), raw, tally, failures, mistake: mistake ?? mistakeIn(signs) }
}

/** Whether a slice is of no parent: what fails once fails again. */
function isWhole({ parent }: Slice): boolean {
  return parent === undefined
}

/** The first mistake that a page shows and no page denies. */
function mistakeIn(signs: readonly Sign[]): ConnectorError | undefined {
  const right = new Set(signs.filter(({ mistake }) => mistake === undefined).map(({ of }) => of))
  return signs.find(({ of, mistake }) => mistake !== undefined && !right.has(of))?.mistake
}
