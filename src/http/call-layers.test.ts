import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countRequests, limitParallelism } from './call-layers.ts'
import type { Call } from './types.ts'

test('requests are counted by the stream that makes them, also those that fail', async () => {
  const failing: Call = async ({ path }) => {
    throw new Error(path)
  }
  const { call, requestsOf } = countRequests(failing)
  for (const stream of ['calls', 'agents', 'calls'])
    await assert.rejects(
      call({ method: 'GET', path: `/${stream}`, stream }, () => 0),
      new Error(`/${stream}`),
    )
  await assert.rejects(call({ method: 'GET', path: '/sign-in' }, () => 0))
  assert.deepEqual([requestsOf('calls'), requestsOf('agents'), requestsOf('queues')], [2, 1, 0])
})

for (const [parallelism, most] of [
  [1, 1],
  [3, 3],
  [undefined, 5],
] as const) {
  test(`of a stream that allows ${parallelism ?? 'any number of'} requests at a time so many are under way`, async () => {
    let [busy, busiest] = [0, 0]
    const slow: Call = async () => {
      busiest = Math.max(busiest, ++busy)
      await new Promise(setImmediate)
      busy--
      throw new Error('done')
    }
    const call = limitParallelism(parallelism)(slow)
    const asks = Array.from({ length: 5 }, () => call({ method: 'GET', path: '/' }, () => 0).catch(() => 0))
    await Promise.all(asks)
    assert.equal(busiest, most)
  })
}
