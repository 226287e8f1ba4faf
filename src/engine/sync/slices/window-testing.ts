import { reply } from '../../../http/testing.ts'
import type { Json } from '../../../json.ts'
import { createServedRoute } from '../../fetch/served-route.ts'
import { callsBetween } from '../../lists-testing.ts'
import { shareKeys } from '../../records/duplicates.ts'
import type { StreamDef } from '../../stream/definition.ts'
import { type Api, CALLS, createWorld, HOUR, NOW, SECOND } from '../../testing.ts'
import { type Span, spanText } from '../../time/spans.ts'
import { createWindows } from '../../time/windows.ts'
import type { OwedNeeds } from './needs.ts'
import type { SliceEvidence } from './slice.ts'
import { openStream } from './slices-testing.ts'
import { readWindow } from './window.ts'

/** The window that is read. */
export const WINDOW: Span = { from: NOW - 2 * HOUR, to: NOW }
/** Calls of lines, each of which may be gone. */
export const BY_LINE: StreamDef = { ...CALLS, routes: [{ ...CALLS.routes[0], path: '/lines/{line}' }] }
const DATE = { date: new Date(NOW - 5000).toUTCString() }

/** An API that answers with these rows. */
export const listOf =
  (items: readonly Json[], total?: number): Api =>
  () =>
    reply(200, { items, pagination: { total } }, DATE)

/** What reading the window meets. */
export interface WindowMeets {
  readonly api?: Api
  readonly def?: StreamDef
  /** What reading it finds; undefined where it is really read. */
  readonly found?: SliceEvidence
  /** Its first page fails since it is too much. */
  readonly isOverload?: boolean
  /** There is no filter by time, as a look at another time shows. */
  readonly isIgnored?: boolean
  readonly marginMs?: number
}

/** Reads the window, and tells what came of it. */
export async function readOne(meets: WindowMeets) {
  const opened = await openWindow(meets)
  const { reading, window, evidence } = opened
  const out = await readWindow(reading, window)
  evidence.end()
  const comes: string[] = []
  const { take, done } = reading.windows
  for (let one = await take(); one !== undefined; one = await take()) {
    comes.push(spanText(one))
    done(one)
  }
  return { ...opened, out, comes }
}

async function openWindow({
  api,
  def = CALLS,
  found,
  isOverload,
  isIgnored = false,
  marginMs = 0,
}: WindowMeets) {
  const opened = openStream(def)
  const { context } = opened
  const { engine, asked, debugs } = createWorld(api ?? listOf(callsBetween(NOW - HOUR, NOW, 1)))
  const received: [string, number][] = []
  const tracker = {
    receive: (_: object, window: Span, dateMs: number) => received.push([spanText(window), dateMs]),
    reopen: () => undefined,
  }
  const readFirst = createServedRoute(def, engine, context.routes)
  const route = context.routes.of(def.routes[0])
  route.sawMargin(marginMs)
  const shared = { ...context, engine, readFirst, keys: shareKeys(), sink: async () => undefined }
  const windows = createWindows([WINDOW], { longestMs: 2 * HOUR, target: 100, shortestMs: SECOND })
  const window = (await windows.take()) ?? WINDOW
  const worked: string[] = []
  const overload = {
    worked: (one: Span) => worked.push(spanText(one)),
    relieves: async () => isOverload === true && windows.halve(window).length > 0,
  }
  const input = { ...opened.input, context: shared, tracker } as unknown as typeof opened.input
  const filter = { isIgnored: async () => isIgnored }
  const common = { input, partition: { parent: { line: 'p' } }, windows, overload, filter }
  const [fitted, owed]: [Span[], OwedNeeds[]] = [[], []]
  const read = found === undefined ? {} : { read: async () => found }
  const reading = { ...common, fitted, owed, astray: [], shortestMs: SECOND, ...read }
  return { ...opened, received, owed, worked, asked, debugs, reading, window, route }
}
