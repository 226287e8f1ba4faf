import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from './log.ts'
import type { Output } from './output.ts'

/** What a log at this level writes when it is told something at each of its levels. */
function written(level?: string): unknown[] {
  const sent: unknown[] = []
  const output = { send: (message: unknown) => sent.push(message) } as unknown as Output
  const log = createLog(output, text => text.replaceAll('geheim', '****'), level)
  log.warn('warn geheim')
  log.info('info geheim')
  log.debug(() => 'debug geheim')
  return sent
}

const line = (level: string, message: string) => ({ type: 'LOG', log: { level, message } })
const quiet = [line('WARN', 'warn ****'), line('INFO', 'info ****')]
const verbose = [...quiet, line('DEBUG', 'debug ****')]

const rows = [
  { says: 'without a level, debug lines are left out', in: undefined, out: quiet },
  { says: 'at INFO, debug lines are left out', in: 'INFO', out: quiet },
  { says: 'at DEBUG, debug lines are written', in: 'DEBUG', out: verbose },
  { says: 'at TRACE, debug lines are written', in: 'TRACE', out: verbose },
  { says: 'the level may be in small letters', in: 'debug', out: verbose },
  { says: 'at WARN, only warnings are written', in: 'WARN', out: quiet.slice(0, 1) },
  { says: 'at ERROR, nothing of the log is written', in: 'ERROR', out: [] },
  { says: 'a level that nobody knows is like none', in: 'LOUD', out: quiet },
]

for (const row of rows) {
  test(`${row.says}, and secrets are masked`, () => assert.deepEqual(written(row.in), row.out))
}
