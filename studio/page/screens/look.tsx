import { useEffect, useState } from 'preact/hooks'
import type { Looked } from '../../wire.ts'
import { useStudio } from '../studio.ts'
import { DayBars } from './day-bars.tsx'

/** What the folder holds: records, the newest time, problems, and records a day. */
export function Look() {
  const { ask, fail, opening } = useStudio()
  const [streams, setStreams] = useState<readonly Looked[] | undefined>(undefined)
  const load = () => {
    if (opening.folder === undefined) return
    ask<{ streams: readonly Looked[] }>('look').then(({ streams: found }) => setStreams(found), fail)
  }
  useEffect(load, [])
  return (
    <section class="panel look" aria-labelledby="look">
      <div class="bar">
        <h1 id="look">Look</h1>
        <button type="button" onClick={load} disabled={opening.folder === undefined}>
          Look again
        </button>
      </div>
      {opening.folder === undefined && (
        <p class="hint">To look at what was synced, start the studio with --into DIR.</p>
      )}
      {streams?.length === 0 && (
        <p class="hint">
          There is nothing in {opening.folder} yet. Sync some streams first, on the screen Sync.
        </p>
      )}
      {(streams ?? []).map(one => (
        <StreamLook key={one.stream} {...one} />
      ))}
    </section>
  )
}

function StreamLook({ stream, records, newest, timeField, problems, days }: Looked) {
  return (
    <article>
      <h2>{stream}</h2>
      <p>
        {records.toLocaleString()} {records === 1 ? 'record' : 'records'}
        {newest !== undefined && `, the newest of ${timeOf(newest)} (${timeField})`}
        {newest === undefined && timeField === undefined && '; they have no time of their own'}
      </p>
      {problems.map(problem => (
        <p key={problem} class="error">
          {problem}
        </p>
      ))}
      {days.length > 0 && <DayBars stream={stream} days={days} />}
    </article>
  )
}

function timeOf(text: string): string {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) return text
  return `${date.toLocaleString(undefined, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short' })} UTC`
}
