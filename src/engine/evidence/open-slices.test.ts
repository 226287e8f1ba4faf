import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError, configError, type Failure, systemError, transientError } from '../../errors.ts'
import { collectOpenSlices } from './open-slices.ts'
import { open, received } from './verdict.ts'

test('a stream of which everything was received has nothing to say', () => {
  const slices = collectOpenSlices()
  slices.add(received('end seen'))
  slices.add(received('gone'))
  assert.equal(slices.error('calls'), undefined)
})

test('what is said of one open slice is its own error', () => {
  const slices = collectOpenSlices()
  const error = transientError('It broke.')
  slices.add(open('failed', error))
  slices.add(received('end seen'))
  assert.equal(slices.error('calls'), error)
})

test('where all point to a mistake in the config, it is said alone; beside a failure it is counted', () => {
  const slices = collectOpenSlices()
  const mistake = configError('The key is misspelt.')
  slices.add(open('mistaken', mistake))
  slices.add(open('mistaken', configError('The key is misspelt here too.')))
  assert.equal(slices.error('calls'), mistake)
  slices.add(open('failed', transientError('It broke.')))
  assert.match(
    slices.error('calls')?.message ?? '',
    /: 2 that point to a mistake in the config, 1 failed\. The key is misspelt\. It broke\.$/,
  )
})

test('several are counted by reason, with the first error of each', () => {
  const slices = collectOpenSlices()
  const add = (because: Parameters<typeof open>[0], text: string) =>
    slices.add(open(because, transientError(text)))
  add('failed', 'A failed.')
  add('failed', 'B failed.')
  add('refused', 'C refused.')
  add('short', 'D short.')
  add('capped', 'E capped.')
  add('all gone', 'F gone.')
  add('other parents', 'G others.')
  add('no parents', 'H none.')
  assert.equal(
    slices.error('calls')?.message,
    'Stream calls was not received whole. Parts of it stay open and are read again by the next sync: 2 failed, 1 refused, ' +
      '1 short of their own count, 1 cut off by the API, 1 without a parent, 1 whose rows name other parents, 1 whose parents ' +
      'are missing. A failed. C refused. D short. E capped. F gone. G others. H none.',
  )
})

const make = { transient_error: transientError, system_error: systemError, config_error: configError }
const actors: readonly { of: readonly Failure[]; acts: Failure }[] = [
  { of: ['config_error', 'config_error'], acts: 'config_error' },
  { of: ['config_error', 'system_error'], acts: 'system_error' },
  { of: ['config_error', 'system_error', 'transient_error'], acts: 'transient_error' },
]

for (const { of, acts } of actors) {
  test(`of ${of.join(' and ')} it is a ${acts}`, () => {
    const slices = collectOpenSlices()
    for (const failure of of) slices.add(open('failed', make[failure]('Why.')))
    assert.equal(slices.error('calls')?.failure, acts)
  })
}

test('the status and the internals of the first error are kept for the log', () => {
  const slices = collectOpenSlices()
  slices.add(open('failed', new ConnectorError('transient_error', 'A.', { status: 503, internal: 'socket' })))
  slices.add(open('failed', transientError('B.')))
  const { status, internal } = slices.error('calls') ?? assert.fail()
  assert.deepEqual([status, internal], [503, 'socket'])
})
