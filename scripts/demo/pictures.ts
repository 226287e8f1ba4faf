import type { Call } from './records.ts'

const HEIGHT = 5
const BARS = ' ▁▂▃▄▅▆▇█'
const STEPS = BARS.length - 1
const DAY_MS = 86_400_000

/** "1 request", "5,000 calls". */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}

/** Calls as the lines of a table, as a person would tell of them. */
export function callTable(calls: readonly Call[]): string[] {
  const rows = [['when (UTC)', 'queue', 'agent', 'waited', 'talked', 'wrap-up'], ...calls.map(cellsOf)]
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0))) ?? []
  return rows.map(row => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
}

/** How many calls began on each day, oldest first, as the lines of a chart with two columns a day and the most on one day. */
export function callsPerDay(calls: readonly Call[]): string[] {
  const counts = countByDay(calls)
  const most = Math.max(...counts.values())
  const lines = Array.from({ length: HEIGHT }, (_, row) => {
    const below = (HEIGHT - 1 - row) * STEPS
    const bars = [...counts.values()].map(count => barOf((count / most) * HEIGHT * STEPS - below))
    return `  ${bars.map(bar => bar.repeat(2)).join('')}${row === 0 ? `  ${most}` : ''}`.trimEnd()
  })
  const days = [...counts.keys()]
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return [...lines, `  ${first}${last.padStart(Math.max(2 * days.length - first.length, last.length + 1))}`]
}

function cellsOf({ dateCreated, queueName, agentName, waitTime, talkTime, wrapupTime }: Call): string[] {
  const times = [waitTime, talkTime, wrapupTime].map(clockOf)
  return [dateCreated.slice(0, 16).replace('T', ' '), queueName ?? '–', agentName ?? '–', ...times]
}

function clockOf(seconds: number | null): string {
  if (seconds === null) return '–'
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Every day from the first call to the last, those without calls included. */
function countByDay(calls: readonly Call[]): ReadonlyMap<string, number> {
  const days = calls.map(({ dateCreated }) => dateCreated.slice(0, 10)).toSorted()
  const [from, to] = [days[0], days.at(-1)].map(day => Date.parse(day ?? ''))
  const counts = new Map<string, number>()
  for (let at = from ?? 0; at <= (to ?? 0); at += DAY_MS)
    counts.set(new Date(at).toISOString().slice(0, 10), 0)
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1)
  return counts
}

function barOf(steps: number): string {
  return BARS[Math.max(0, Math.min(STEPS, Math.round(steps)))] ?? ' '
}
