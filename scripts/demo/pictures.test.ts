import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callsPerDay, callTable, counted } from './pictures.ts'
import type { Call } from './records.ts'

const call = (dateCreated: string, more: Partial<Call> = {}): Call => ({
  id: dateCreated,
  dateCreated,
  queueName: null,
  agentName: null,
  waitTime: null,
  talkTime: null,
  wrapupTime: null,
  ...more,
})

test('counts are written as people write them', () => {
  assert.deepEqual(
    [counted(1, 'request'), counted(0, 'call'), counted(5000, 'call')],
    ['1 request', '0 calls', '5,000 calls'],
  )
})

test('a call is a row: when, where, who, and its times in minutes', () => {
  const times = { waitTime: 5, talkTime: 754, wrapupTime: 60 }
  const rows = [call('2026-05-01T09:05:59.000Z', { queueName: 'Sales', agentName: 'Ada', ...times })]
  assert.deepEqual(callTable([...rows, call('2026-05-01T09:00:00Z')]), [
    '  when (UTC)        queue  agent  waited  talked  wrap-up',
    '  2026-05-01 09:05  Sales  Ada    0:05    12:34   1:00',
    '  2026-05-01 09:00  –      –      –       –       –',
  ])
})

test('the chart has a bar for every day, as high as its calls, also for one without any', () => {
  const days = [27, 27, 29, 29, 29, 29].map(day => call(`2026-01-${day}T12:00:00Z`))
  assert.deepEqual(callsPerDay(days), [
    '      ██  4',
    '      ██',
    '  ▄▄  ██',
    '  ██  ██',
    '  ██  ██',
    '  2026-01-27 2026-01-29',
  ])
})

test('the chart of a month is no wider than a screen', () => {
  const days = Array.from({ length: 32 }, (_, at) => call(new Date(Date.UTC(2026, 0, 1 + at)).toISOString()))
  for (const line of callsPerDay(days)) assert.ok(line.length <= 80, line)
})
