/** Milliseconds in a day. */
export const DAY_MS = 86_400_000

const days = new Map<number, string>()
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/** A time as the API writes it, from whole unix ms: the same as toISOString, but several times faster,
 *  because every call record holds many. */
export function isoTime(ms: number): string {
  const day = Math.floor(ms / DAY_MS)
  const rest = ms - day * DAY_MS
  const minutes = Math.floor(rest / 60_000)
  const hour = twoDigits[Math.floor(minutes / 60)]
  const second = twoDigits[Math.floor((rest % 60_000) / 1000)]
  const fraction = rest % 1000
  const zeros = fraction < 10 ? '00' : fraction < 100 ? '0' : ''
  return `${dayText(day)}${hour}:${twoDigits[minutes % 60]}:${second}.${zeros}${fraction}Z`
}

function dayText(day: number): string {
  const known = days.get(day)
  if (known !== undefined) return known
  const text = new Date(day * DAY_MS).toISOString().slice(0, 11)
  days.set(day, text)
  return text
}
