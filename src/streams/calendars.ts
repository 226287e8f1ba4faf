import { defineStream } from '../engine/stream/definition.ts'
import { list, v2List, v2Whole } from './dialects.ts'

export const businessHours = defineStream({
  name: 'business_hours',
  template: 'List Business Hours',
  primaryKey: ['id'],
  routes: list('/api/v2/business-hours', 'data', 'listBusinessHours'),
})

export const calendars = defineStream({
  name: 'calendars',
  primaryKey: ['id'],
  routes: [v2List('/api/v2/calendars', 'listCalendars')],
})

/** The holidays of each calendar. */
export const calendarDates = defineStream({
  name: 'calendar_dates',
  primaryKey: ['calendar_id', 'id'],
  parent: { stream: 'calendars', field: 'id', as: 'calendar_id', stamp: 'calendar_id' },
  costly: true,
  routes: [v2Whole('/api/v2/calendars/{calendar_id}/dates', 'getCalenderDates')],
})
