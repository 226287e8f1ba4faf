import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emitter } from '../../engine/emit.ts'
import { transientError } from '../../errors.ts'
import { systemClock } from '../../http/clock.ts'
import type { Status } from '../../protocol/status.ts'
import { watchStreams } from './watch-streams.ts'

const NOW = 1_000_000

const nothing = () => undefined
const IDLE: Status = {
  started: nothing,
  running: nothing,
  limited: nothing,
  complete: nothing,
  incomplete: nothing,
}
const SILENT: Emitter = {
  sink: async () => undefined,
  onProgress: nothing,
  end: nothing,
  onWaiting: nothing,
  records: () => 0,
  misfits: new Map(),
}

/** Watched streams "calls" and "agents", and everything that is reported about them, in order. */
function watched() {
  const said: string[] = []
  const say = (text: string) => said.push(text)
  const log = { info: say, warn: say, debug: (text: () => string) => say(text()) }
  const shown = { watch: (stream: string) => say(`${stream} is shown`), wait: () => undefined }
  const watch = watchStreams(
    { clock: { ...systemClock, now: () => NOW }, log, mask: text => text, watch: shown },
    () => 0,
  )
  for (const name of ['calls', 'agents']) {
    const status: Status = { ...IDLE, limited: until => say(`${name} is limited until ${until}`) }
    const emitter: Emitter = { ...SILENT, onWaiting: () => say(`${name} is alive`) }
    watch.onStart(name, status, emitter)
  }
  return { said, watch }
}

test('a stream that starts is shown in the progress', () => {
  assert.deepEqual(watched().said, ['calls is shown', 'agents is shown'])
})

const ALIVE = ['calls is alive', 'agents is alive']
const rows = [
  {
    says: 'a rate limit of one stream is in its status, and all streams show that they are alive',
    asks: { stream: 'agents' },
    status: 429,
    heard: ['agents is limited until 1001500', ...ALIVE],
  },
  { says: 'an outage is in no status', asks: { stream: 'agents' }, status: 503, heard: ALIVE },
  { says: 'a rate limit of the sign-in is in no status', asks: {}, status: 429, heard: ALIVE },
]

for (const { says, asks, status, heard } of rows) {
  test(says, () => {
    const { said, watch } = watched()
    watch.onWait(
      { method: 'GET', path: '/', ...asks },
      { ms: 1500, error: transientError('Too busy.', { status }) },
    )
    assert.deepEqual(said.slice(2), ['Waiting 2 s before trying again: Too busy.', ...heard])
  })
}
