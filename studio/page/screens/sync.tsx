import { useEffect, useState } from 'preact/hooks'
import type { SyncReply, SyncState } from '../../wire.ts'
import { Agree } from '../result/agree.tsx'
import { useStudio } from '../studio.ts'
import { StreamChoice } from './stream-choice.tsx'

const EVERY_MS = 500

/** Reads the chosen streams into the folder that was named at start. */
export function Sync() {
  const { opening, chosen } = useStudio()
  const { state, asks, start, stop, answer } = useSync()
  const isReady = opening.folder !== undefined && chosen.size > 0
  return (
    <div class="columns two">
      <section aria-labelledby="sync">
        <h1 id="sync">Sync</h1>
        {opening.folder === undefined ? (
          <p class="hint">To sync, start the studio with --into DIR: the folder that the files go to.</p>
        ) : (
          <p class="hint">Into {opening.folder}. A later sync goes on from where the last one ended.</p>
        )}
        <StreamChoice />
      </section>
      <section class="panel" aria-label="Progress">
        <div class="bar">
          <h2>Progress</h2>
          {state?.isRunning === true ? (
            <button type="button" onClick={stop}>
              Stop
            </button>
          ) : (
            <button type="button" class="main" disabled={!isReady} onClick={() => start([])}>
              Start the sync
            </button>
          )}
        </div>
        {asks !== undefined && <Agree asks={asks} answer={answer} />}
        {state === undefined ||
        (state.streams.length === 0 && !state.isRunning && state.outcome === undefined) ? (
          <p class="hint">Nothing was synced yet. Choose streams on the left, then start.</p>
        ) : (
          <Progress {...state} />
        )}
      </section>
    </div>
  )
}

function useSync() {
  const { ask, fail, flush, chosen } = useStudio()
  const [state, setState] = useState<SyncState | undefined>(undefined)
  const [asks, setAsks] = useState<readonly string[] | undefined>(undefined)
  const take = (reply: SyncReply) => ('asks' in reply ? setAsks(reply.asks) : setState(reply.state))
  useEffect(() => void ask<SyncReply>('sync-state').then(take, fail), [])
  useEffect(() => {
    if (state?.isRunning !== true) return
    const timer = setTimeout(() => ask<SyncReply>('sync-state').then(take, fail), EVERY_MS)
    return () => clearTimeout(timer)
  }, [state])
  const start = (agreed: readonly string[]) =>
    flush()
      .then(() => ask<SyncReply>('sync', { streams: [...chosen], agreed }))
      .then(take, fail)
  const stop = () => ask<SyncReply>('sync-stop').then(take, fail)
  const answer = (isAgreed: boolean) => {
    setAsks(undefined)
    if (isAgreed && asks !== undefined) void start(asks)
  }
  return { state, asks, start, stop, answer }
}

const WORDS = {
  waiting: 'waiting',
  running: 'running',
  complete: 'complete',
  incomplete: 'incomplete',
} as const

function Progress({ streams, lines, outcome }: SyncState) {
  return (
    <>
      <p role="status" class="steady">
        {outcome}
      </p>
      <table>
        <caption>Streams</caption>
        <thead>
          <tr>
            <th scope="col">Stream</th>
            <th scope="col">Status</th>
            <th scope="col">Records</th>
            <th scope="col">Requests</th>
          </tr>
        </thead>
        <tbody>
          {streams.map(({ stream, status, records, requests }) => (
            <tr key={stream}>
              <td>{stream}</td>
              <td>{WORDS[status]}</td>
              <td class="number">{records.toLocaleString()}</td>
              <td class="number">{requests.toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="requests" aria-label="Waits and errors">
        {lines.map(({ isError, text }, at) => (
          <li key={`${at} ${text}`} class={isError ? 'error' : undefined}>
            {text}
          </li>
        ))}
      </ul>
    </>
  )
}
