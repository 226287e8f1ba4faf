import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asConnectorError, ConnectorError, configError, systemError, transientError } from './errors.ts'

const makers = [
  { says: 'a config_error is for the user', make: configError, out: 'config_error' },
  { says: 'a transient_error is for nobody yet', make: transientError, out: 'transient_error' },
  { says: 'a system_error is for the makers', make: systemError, out: 'system_error' },
] as const

for (const { says, make, out } of makers) {
  test(says, () => {
    const error = make('The sentence.', { internal: 'ECONNRESET', status: 503, scope: 'run' })
    const { name, message, failure, internal, status, scope } = error
    assert.deepEqual(
      { name, message, failure, internal, status, scope },
      {
        name: 'ConnectorError',
        message: 'The sentence.',
        failure: out,
        internal: 'ECONNRESET',
        status: 503,
        scope: 'run',
      },
    )
  })
}

test('an error without facts concerns its stream alone', () => {
  const { internal, status, scope } = configError('The sentence.')
  assert.deepEqual({ internal, status, scope }, { internal: undefined, status: undefined, scope: 'stream' })
})

test('an error may tell that the answer was not the API’s own', () => {
  assert.deepEqual(
    [configError('x').isForeign, configError('x', { isForeign: true }).isForeign],
    [false, true],
  )
})

test('a ConnectorError passes as it is', () => {
  const error = transientError('Later.')
  assert.equal(asConnectorError(error), error)
})

test('an unforeseen error becomes a system_error that keeps its text and stack', () => {
  const cause = new TypeError('x is not a function')
  const error = asConnectorError(cause)
  assert.ok(error instanceof ConnectorError)
  assert.equal(error.failure, 'system_error')
  assert.equal(error.message, 'The connector met an error that it did not foresee: x is not a function')
  assert.equal(error.stack, cause.stack)
})

test('something thrown that is no error keeps its text', () => {
  assert.equal(asConnectorError('oops').message, 'The connector met an error that it did not foresee: oops')
})
