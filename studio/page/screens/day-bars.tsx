import type { Looked } from '../../wire.ts'

interface DayBarsProps {
  readonly stream: string
  readonly days: Looked['days']
}

const HEIGHT = 80
const STEP = 12
const BAR = 9
const LABELS = 18
const DAY_MS = 86_400_000

/** Records a day as bars. Days are UTC's; the one that is not over yet is dashed. */
export function DayBars({ stream, days }: DayBarsProps) {
  const all = withoutGaps(days)
  const most = Math.max(1, ...all.map(({ records }) => records))
  const today = new Date().toISOString().slice(0, 10)
  const title = `${stream}: records a day (UTC), ${nameOf(all[0]?.day)} to ${nameOf(all.at(-1)?.day)}, at most ${most.toLocaleString()}`
  return (
    <figure>
      <svg
        class="bars"
        role="img"
        aria-label={title}
        width={all.length * STEP}
        height={HEIGHT + LABELS}
        viewBox={`0 0 ${all.length * STEP} ${HEIGHT + LABELS}`}
      >
        <title>{title}</title>
        {all.map(({ day, records }, at) => (
          <rect
            key={day}
            class={day === today ? 'unfinished' : undefined}
            x={at * STEP + 1}
            y={HEIGHT - (records / most) * HEIGHT}
            width={BAR}
            height={(records / most) * HEIGHT}
          >
            <title>{`${nameOf(day)}: ${records.toLocaleString()}${day === today ? ' so far' : ''}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption class="hint">
        Records a day, in UTC. The highest bar is {most.toLocaleString()}.
        {all.at(-1)?.day === today && ' The dashed day is not over yet.'}
      </figcaption>
    </figure>
  )
}

/** A day without records has a bar of no height. */
function withoutGaps(days: DayBarsProps['days']): DayBarsProps['days'] {
  const counts = new Map(days.map(({ day, records }) => [day, records]))
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  const length = Math.min(366, Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1)
  return Array.from({ length }, (_, at) => {
    const day = new Date(Date.parse(last) - (length - 1 - at) * DAY_MS).toISOString().slice(0, 10)
    return { day, records: counts.get(day) ?? 0 }
  })
}

function nameOf(day = ''): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, { timeZone: 'UTC', dateStyle: 'medium' })
}
