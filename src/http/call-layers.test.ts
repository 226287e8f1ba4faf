import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from './types.ts'
import { countRequests } from '../commands/read/count-requests.ts'

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
