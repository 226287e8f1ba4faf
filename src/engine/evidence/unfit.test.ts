import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import { notAskedFor, type Unfit, unfitAgain } from './unfit.ts'

const rows: readonly { says: string; unfit: Unfit; first: string; again: string }[] = [
  {
    says: 'several records without a key',
    unfit: { count: 3, why: 'no key' },
    first:
      'Stream calls is not whole: 3 records of one part came without a key that can be used. That part stays open, and the ' +
      'next sync reads it again. If nothing has changed an hour from now, the API is taken to have no keys for them.',
    again:
      'calls: 3 records of one part came without a key that can be used, as at least an hour ago. They are left out for good.',
  },
  {
    says: 'a record with another id',
    unfit: { count: 1, why: 'another id' },
    first:
      'Stream calls is not whole: 1 record of one part came with another id than the one that was asked for. That part stays ' +
      'open, and the next sync reads it again. If nothing has changed an hour from now, the API is taken to have nothing else ' +
      'for it.',
    again:
      'calls: 1 record of one part came with another id than the one that was asked for, as at least an hour ago. Nothing ' +
      'else is expected for it.',
  },
]

for (const { says, unfit, first, again } of rows) {
  test(`of ${says} it is said what is wrong and what follows, and later what has followed`, () => {
    const error = notAskedFor('calls', unfit)
    assert.ok(error instanceof ConnectorError)
    assert.deepEqual([error.failure, error.message], ['transient_error', first])
    assert.equal(unfitAgain('calls', unfit), again)
  })
}
