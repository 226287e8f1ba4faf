import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '../http/types.ts'
import { createMemory, guarded } from './memory.ts'

const V2 = '/sys/fs/cgroup/memory.max'
const V1 = '/sys/fs/cgroup/memory/memory.limit_in_bytes'

const LIMITS = [
  { says: 'the limit of version 2 is taken', files: { [V2]: '1073741824\n' }, limit: 1_073_741_824 },
  { says: 'without one, that of version 1', files: { [V1]: '536870912\n' }, limit: 536_870_912 },
  { says: '"max" is no limit', files: { [V2]: 'max\n' }, limit: undefined },
  { says: 'a number near 2^63 is no limit', files: { [V1]: '9223372036854771712\n' }, limit: undefined },
  { says: 'outside of a container there is none', files: {}, limit: undefined },
]

for (const { says, files, limit } of LIMITS) {
  test(says, () => {
    const read = (path: string) => (files as Record<string, string>)[path] ?? assert.fail('no such file')
    assert.equal(createMemory(read).limit, limit)
  })
}

test('this process is measured by what it really holds', () => {
  assert.ok(createMemory(() => 'max').used() > 2 ** 20)
})

const answer = async () => 'answered'

/** Makes a thousand calls, with so much memory used of a hundred megabytes; tells of each that is answered. */
async function callOften(used: number, onAnswer: () => void) {
  const call = guarded(answer as Call, { limit: 100 * 2 ** 20, used: () => used * 2 ** 20 })
  for (let count = 0; count < 1000; count++) {
    await call({ method: 'GET', path: '/' }, () => undefined)
    onAnswer()
  }
}

test('a run that has nearly used up its memory is ended with a sentence, within a few hundred requests', async () => {
  let count = 0
  const calls = callOften(96, () => count++)
  await assert.rejects(calls, {
    failure: 'system_error',
    scope: 'run',
    message:
      'The connector uses 96 MB of the 100 MB of memory that it may use, and stops before it is killed. What was read ' +
      'so far is saved. Give it more memory, or lower page_size or concurrency.',
  })
  assert.equal(count, 255)
})

test('below 95 % nothing happens', async () => {
  let count = 0
  await callOften(94, () => count++)
  assert.equal(count, 1000)
})

test('without a limit nothing is looked at', async () => {
  const call = answer as Call
  assert.equal(guarded(call, { limit: undefined, used: assert.fail }), call)
})
