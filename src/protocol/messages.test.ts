import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ConnectorError, configError, systemError, transientError } from '../errors.ts'
import { errorMessage, logMessage, RECORD_END, recordStart, stateMessage } from './messages.ts'

const mask = (text: string) => text.replaceAll('geheim', '****')

/** The error part of the trace for this error, as the platform reads it. */
function errorPart(error: ConnectorError, stream?: string) {
  return JSON.parse(JSON.stringify(errorMessage(error, mask, 1_000, stream))).trace.error
}

test('a line for the log has a level and a text', () => {
  assert.deepEqual(logMessage('WARN', 'Slow.'), { type: 'LOG', log: { level: 'WARN', message: 'Slow.' } })
})

test('a state is that of one stream, its count written with a decimal point', () => {
  assert.equal(
    JSON.stringify(stateMessage('calls', { cursor: '2024-05-01' }, 12)),
    '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"calls"},' +
      '"stream_state":{"cursor":"2024-05-01"}},"sourceStats":{"recordCount":12.0}}}',
  )
})

test('every count is written with a decimal point, and reads as the same number', () => {
  fc.assert(
    fc.property(fc.nat(), count => {
      const text = JSON.stringify(stateMessage('calls', {}, count))
      assert.match(text, /"recordCount":\d+\.0\}/)
      assert.equal(JSON.parse(text).state.sourceStats.recordCount, count)
    }),
  )
})

test('an error is a trace that says when, what, who acts and which stream', () => {
  assert.deepEqual(errorMessage(configError('Give them the role.'), mask, 1_000, 'calls'), {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: 1_000,
      error: {
        message: 'Give them the role.',
        failure_type: 'config_error',
        stream_descriptor: { name: 'calls' },
      },
    },
  })
})

test('an error of the whole run names no stream', () => {
  assert.deepEqual(errorPart(transientError('Later.')), {
    message: 'Later.',
    failure_type: 'transient_error',
  })
})

test('what was seen inside goes along for support', () => {
  assert.equal(errorPart(transientError('Later.', { internal: 'ECONNRESET' })).internal_message, 'ECONNRESET')
})

test('the stack is kept only where the program itself is at fault', () => {
  assert.equal('stack_trace' in errorPart(configError('Yours.')), false)
  assert.equal('stack_trace' in errorPart(transientError('Nobody’s.')), false)
  assert.match(
    errorPart(systemError('Ours.')).stack_trace,
    /^ConnectorError: Ours\.\n +at [\s\S]*messages\.test\.ts/,
  )
})

test('every text of an error is masked: the sentence, the inside and the stack', () => {
  const error = errorPart(systemError('It said geheim.', { internal: 'geheim inside' }))
  assert.equal(error.message, 'It said ****.')
  assert.equal(error.internal_message, '**** inside')
  assert.match(error.stack_trace, /It said \*{4}\./)
  assert.doesNotMatch(JSON.stringify(error), /geheim/)
})

test('a record is its start, its JSON and its end, on one line', () => {
  const line = `${recordStart('a "stream"', 1_714_564_800_000)}{"id":1.0}${RECORD_END}`
  assert.equal(
    line,
    '{"type":"RECORD","record":{"stream":"a \\"stream\\"","emitted_at":1714564800000,"data":{"id":1.0}}}\n',
  )
  assert.deepEqual(JSON.parse(line).record, {
    stream: 'a "stream"',
    emitted_at: 1_714_564_800_000,
    data: { id: 1 },
  })
})
