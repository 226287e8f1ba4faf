import { daysAgo, type Facts } from '../ground/facts.ts'
import { idOf } from '../ground/ids.ts'
import type { Row } from '../ground/rows.ts'
import { DAY_MS, isoTime } from '../ground/time.ts'

const names = ['Feiertage Bayern', 'Jours fériés', 'Zürich', 'Company closures'] as const
const zones = ['Europe/Berlin', 'Europe/Paris', 'Europe/Zurich', 'Europe/Berlin'] as const
const holidays = [
  { label: 'Neujahr', day: '01-01' },
  { label: 'Tag der Arbeit', day: '05-01' },
  { label: 'Mariä Himmelfahrt', day: '08-15' },
  { label: 'Tag der Deutschen Einheit', day: '10-03' },
  { label: 'Erster Weihnachtsfeiertag', day: '12-25' },
] as const
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const

/** How many holiday calendars, and how many sets of business hours, a world has. */
export const CALENDARS = names.length
export const BUSINESS_HOURS = 5

/** Calendar `index`; the last one has no dates yet. */
export function calendarAt(facts: Facts, index: number): Row {
  return {
    id: idOf(facts.seed, 'calendars', index),
    name: names[index] ?? `Calendar ${index + 1}`,
    timeZone: zones[index % zones.length],
    ...(index === 2 ? {} : { enabled: index !== 1 }),
    dateCount: datesIn(index),
    ...(index % 2 === 0 ? { tags: ['feiertag'] } : {}),
  }
}

/** How many dates a calendar has: the holidays of three years. */
export function datesIn(calendar: number): number {
  return calendar === CALENDARS - 1 ? 0 : holidays.length * 3
}

/** Date `index` of a calendar, earliest first. */
export function calendarDateAt(facts: Facts, calendar: number, index: number): Row {
  const year = new Date(facts.startedAt).getUTCFullYear() - 1 + Math.floor(index / holidays.length)
  const { label = '', day = '01-01' } = holidays[index % holidays.length] ?? {}
  const start = Date.parse(`${year}-${day}T00:00:00Z`)
  return {
    id: idOf(facts.seed, `calendar_dates/${calendar}`, index),
    label,
    dateStart: isoTime(start),
    dateEnd: isoTime(start + DAY_MS - 1000),
    type: 'HOLIDAY',
    ...(index % 4 === 3 ? {} : { active: index % 7 !== 0 }),
  }
}

/** Business hours `index`. One set has no ranges, another has neither whether it is enabled nor since when. */
export function businessHourAt(facts: Facts, index: number): Row {
  const created = daysAgo(facts, 200 + index * 37)
  return {
    id: idOf(facts.seed, 'business_hours', index),
    name: ['Hotline', 'Ventes', 'Notdienst', 'サポート', 'Retail'][index % 5],
    timeZone: zones[index % zones.length],
    ...(index === 3 ? {} : { enabled: true, active: index % 2 === 0, tags: index === 0 ? ['haupt'] : [] }),
    ranges: index === 2 ? [] : weekdays.map((day, at) => rangeOf(facts, index, day, at)),
    ...(index === 3 ? {} : { dateCreated: isoTime(created), lastUpdated: isoTime(created + DAY_MS) }),
  }
}

function rangeOf(facts: Facts, index: number, day: string, at: number): Row {
  return {
    id: idOf(facts.seed, `ranges/${index}`, at),
    start: { day, hour: 8, minute: 30 },
    end: { day, hour: 17 + (index % 3), minute: 0 },
  }
}
