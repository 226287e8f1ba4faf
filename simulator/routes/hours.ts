import { bareItems } from '../dialects/documented.ts'
import { child } from '../routing/child.ts'
import { inBoth, paged } from '../routing/list.ts'
import type { Route } from '../routing/route.ts'
import {
  BUSINESS_HOURS,
  businessHourAt,
  CALENDARS,
  calendarAt,
  calendarDateAt,
  datesIn,
} from '../world/account/calendars.ts'
import type { Rows } from '../world/ground/rows.ts'
import { indexInRegister } from '../world/lookups.ts'
import type { World } from '../world/view.ts'

/** Business hours, and the calendars with their holidays. */
export const hourRoutes: readonly Route[] = [
  inBoth({
    stream: 'business_hours',
    path: '/api/v2/business-hours',
    container: 'data',
    schema: 'BusinessHour',
    size: () => BUSINESS_HOURS,
    make: businessHourAt,
  }),
  paged({
    stream: 'calendars',
    path: '/api/v2/calendars',
    schema: 'Calendar',
    size: () => CALENDARS,
    make: calendarAt,
  }),
  child({
    stream: 'calendar_dates',
    path: '/api/v2/calendars/{id}/dates',
    dialect: bareItems,
    schema: 'CalendarDate',
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
