import type { RunEvent } from '../../src/commands/runtime/run-watch.ts'
import type { SyncResult } from '../../src/commands/sync/events.ts'
import { syncInto } from '../../src/commands/sync/sync-into.ts'
import { counted } from '../../src/counted.ts'
import { asConnectorError, configError } from '../../src/errors.ts'
import type { SyncReply, SyncState } from '../wire.ts'
import type { Bench } from './bench.ts'
import { postsOf } from './guard.ts'
import { askOf, refuseAgentSync } from './test.ts'

/** The sync of a studio, one at a time. */
export interface Sync {
  /** Starts it, or says what must be agreed to before. */
  start(streams: readonly string[], agreed: readonly string[]): Promise<SyncReply>
  /** Asks it to stop; what was read until then is kept. */
  stop(): SyncReply
  state(): SyncState
}

const MOST_LINES = 200
const NOTHING: SyncState = { isRunning: false, streams: [], lines: [], outcome: undefined }

/** Syncs the config of this bench into the folder that was named at start. */
export function createSync(bench: Bench): Sync {
  const { mask } = bench.program
  let state = NOTHING
  let stopping = new AbortController()
  const say = (isError: boolean, text: string) => {
    state = { ...state, lines: [...state.lines, { isError, text: mask(text) }].slice(-MOST_LINES) }
  }
  const hear = (event: RunEvent) => {
    if (event.type === 'progress') state = { ...state, streams: event.streams }
    if (event.type === 'wait')
      say(false, `Waiting ${Math.ceil(event.ms / 1000)} s before trying again: ${event.reason}`)
    if (event.type === 'log' && event.level === 'WARN') say(false, event.text)
    if (event.type === 'error') say(true, event.error.message)
  }
  const end = (outcome: string) => {
    state = { ...state, isRunning: false, outcome: mask(outcome) }
  }
  return {
    async start(streams, agreed) {
      const { folder: into } = bench.start
      if (into === undefined) throw configError('No folder was named at start: use --into DIR.')
      if (state.isRunning) throw configError('A sync is running. Stop it first, or wait for its end.')
      const before = state
      stopping = new AbortController()
      state = { ...NOTHING, isRunning: true }
      const permitted = permit(bench, streams, agreed)
      const { asks, config, way } = await permitted.catch(error => {
        state = before
        throw error
      })
      if (way === undefined) {
        state = before
        return { asks }
      }
      const request = { config: { value: config }, into, streams, way, signal: stopping.signal }
      syncInto({ ...request, saveConfig: bench.start.file, onEvent: hear }).then(
        result => end(outcomeOf(result)),
        error => end(asConnectorError(error).message),
      )
      return { state }
    },
    stop() {
      stopping.abort()
      return { state }
    },
    state: () => state,
  }
}

/** What the sync may request, or what must be agreed to before. */
async function permit(bench: Bench, streams: readonly string[], agreed: readonly string[]) {
  const config = bench.held.value
  const setup = bench.setUp()
  const available = await bench.streams(setup)
  if (streams.length === 0) throw configError('Choose at least one stream.')
  const defs = streams.flatMap(name => available.find(name) ?? [])
  for (const def of defs) refuseAgentSync(bench, def)
  const posts = [...new Set(defs.flatMap(def => postsOf(def, available.find)))]
  const asks = posts.map(def => askOf(def, setup.origin, bench.program.mask))
  if (!asks.every(ask => agreed.includes(ask))) return { asks, config, way: undefined }
  const way = bench.share(setup, new Set(posts.map(({ name }) => name)), bench.program.signal)
  return { asks, config, way }
}

function outcomeOf({ finished, stopped, streams, seconds }: SyncResult): string {
  const records = streams.reduce((sum, one) => sum + one.records, 0)
  const incomplete = streams.filter(({ status }) => status !== 'complete').map(({ stream }) => stream)
  const read = `${counted(records, 'record')} in ${seconds.toFixed(1)} s`
  if (finished) return `Finished: ${read}.`
  const rest = `The next sync goes on from here. Not at its end: ${incomplete.join(', ')}.`
  return `${stopped ? 'Stopped' : 'Ended with errors'}: ${read}. ${rest}`
}
