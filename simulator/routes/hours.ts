import { bareItems } from '../dialects/documented.ts'
import { child } from '../routing/child.ts'
import type { Route } from '../routing/list.ts'
import { inBoth, paged } from '../routing/registered.ts'
import { calendarDateAt, datesIn } from '../world/account/calendars.ts'
import type { Rows } from '../world/ground/rows.ts'
import { indexInRegister } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

/** Business hours, and the calendars with their holidays. */
export const hourRoutes: readonly Route[] = [
  inBoth('business_hours', '/api/v2/business-hours', 'data'),
  paged('calendars', '/api/v2/calendars'),
  child({
    stream: 'calendar_dates',
    path: '/api/v2/calendars/{id}/dates',
    dialect: bareItems,
    parent: 'calendars',
    field: 'calendar_id',
    rows: datesOf,
  }),
].flat()

function datesOf(world: World, calendarId: string): Rows | undefined {
  const calendar = indexInRegister(world, 'calendars', calendarId)
  if (calendar === undefined) return undefined
  return { count: datesIn(calendar), at: place => calendarDateAt(world.facts, calendar, place) }
}
