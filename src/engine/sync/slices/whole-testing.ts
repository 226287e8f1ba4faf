import { reply } from '../../../http/testing.ts'
import { createServedRoute } from '../../fetch/served-route.ts'
import type { StreamRecord } from '../../records/filter.ts'
import type { StreamDef } from '../../stream/definition.ts'
import { type Api, CALLS, createWorld, HOUR, NOW } from '../../testing.ts'
import { type Span, spanText } from '../../time/spans.ts'
import type { Needs, ReadWindow } from './needs.ts'
import type { SliceEvidence } from './slice.ts'
import { foundOf, openStream } from './slices-testing.ts'
import { readWhole } from './whole.ts'

/** What is owed where nothing else is said. */
export const SPANS: readonly [Span, Span] = [
  { from: NOW - 9 * HOUR, to: NOW - 8 * HOUR },
  { from: NOW - 2 * HOUR, to: NOW },
]
const ANSWERED: Api = () => reply(200, { items: [] })

/** What reading a stream whole meets. */
export interface Whole {
  readonly def?: StreamDef
  readonly api?: Api
  readonly found?: Partial<SliceEvidence>
  readonly records?: readonly { readonly dateCreated?: string; readonly updatedAt?: string }[]
  readonly spans?: readonly Span[]
  readonly mode?: 'incremental' | 'full_refresh'
  readonly readToMs?: number
  readonly owed?: readonly Needs[]
  /** Counts of windows turned out to mean nothing. */
  readonly isRefuted?: boolean
}

/** Reads a stream whole of which these spans are owed, and tells what came of it. */
export async function wholeOf(whole: Whole) {
  const {
    def = CALLS,
    api = ANSWERED,
    found,
    records = [],
    spans = SPANS,
    mode = 'incremental',
    readToMs,
    owed = [],
  } = whole
  const { input, context, evidence, ...opened } = openStream(def)
  const { engine, asked, lines } = createWorld(api)
  if (whole.isRefuted === true) context.routes.of(def.routes[0]).sawSurplus('all')
  const received: string[] = []
  const tracker = {
    receive: (_: object, span: Span, dateMs: number) => received.push(`${spanText(span)} at ${dateMs - NOW}`),
    coverageOf: () => ({ closed: [], readToMs }),
  }
  const kept: StreamRecord[] = []
  const readFirst = createServedRoute(def, engine, context.routes)
  const sink = async (some: readonly StreamRecord[]) => void kept.push(...some)
  const reading = {
    ...input,
    job: { def, mode },
    tracker,
    context: { ...input.context, engine, readFirst, sink },
  }
  const read: ReadWindow = async given => {
    await given.sink(records.map(json => ({ json: { id: 'a', ...json } })))
    return foundOf(found)
  }
  await readWhole(reading as unknown as typeof input, { partition: {}, spans, owed }, read)
  evidence.end()
  return { ...opened, asked, lines, received, kept, context, error: evidence.open.error(def.name), evidence }
}
