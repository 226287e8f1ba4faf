import { useState } from 'preact/hooks'
import type { Asked, Tested } from '../../wire.ts'
import { Columns } from './columns.tsx'
import { RecordTable } from './record-table.tsx'
import { Suggestions } from './suggestions.tsx'

const TABS = ['Table', 'JSON', 'Columns', 'Raw response'] as const

/** What a test showed: its requests, what it suggests, and its records in four ways. */
export function Result({ tested, own }: { readonly tested: Tested; readonly own: number | undefined }) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('Table')
  const { requests, notes, error, records } = tested
  return (
    <>
      {error !== undefined && <p class="error">{error}</p>}
      <ul class="requests" aria-label="Requests made">
        {requests.map((request, at) => (
          <Request key={`${at} ${request.url}`} {...request} />
        ))}
      </ul>
      {notes.map(note => (
        <p key={note} class="notice">
          {note}
        </p>
      ))}
      {own !== undefined && <Suggestions tested={tested} own={own} />}
      <div
        role="tablist"
        aria-label="Ways to look at it"
        class="tabs"
        onKeyDown={event => setTab(besides(tab, event.key))}
      >
        {TABS.map(name => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === tab}
            aria-controls="tab-panel"
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`} tabIndex={0} class="records">
        {tab === 'Table' && <RecordTable records={records} />}
        {tab === 'JSON' && <pre>{JSON.stringify(records, undefined, 2)}</pre>}
        {tab === 'Columns' && <Columns columns={tested.columns} />}
        {tab === 'Raw response' && <pre>{tested.raw || 'The response was empty.'}</pre>}
      </div>
    </>
  )
}

function besides(tab: (typeof TABS)[number], key: string): (typeof TABS)[number] {
  const step = { ArrowRight: 1, ArrowLeft: TABS.length - 1 }[key] ?? 0
  const next = TABS[(TABS.indexOf(tab) + step) % TABS.length] ?? tab
  if (step !== 0) document.getElementById(`tab-${next}`)?.focus()
  return next
}

function Request({ method, url, body, status, ms, bytes }: Asked) {
  const isGood = status !== undefined && status < 400
  return (
    <li>
      <code>
        {method} {url}
      </code>
      {body !== undefined && <pre>{body}</pre>}
      <br />
      <span class={isGood ? 'open' : 'closed'}>{status ?? 'no response'}</span>, {ms.toLocaleString()} ms
      {bytes !== undefined &&
        `, ${(bytes / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} kB`}
    </li>
  )
}
