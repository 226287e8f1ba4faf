import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardMemory } from './call-layers.ts'
import { createMemories, type Memory } from './memory-guard.ts'
import type { Call } from './types.ts'

const V2 = '/sys/fs/cgroup/memory.max'
const V1 = '/sys/fs/cgroup/memory/memory.limit_in_bytes'

const LIMITS = [
  { says: 'the limit of version 2 is taken', files: { [V2]: '1073741824\n' }, limit: 1_073_741_824 },
  { says: 'without one, that of version 1', files: { [V1]: '536870912\n' }, limit: 536_870_912 },
  { says: '"max" is no limit', files: { [V2]: 'max\n' }, limit: undefined },
  { says: 'a number near 2^63 is no limit', files: { [V1]: '9223372036854771712\n' }, limit: undefined },
  { says: 'the largest number that is a limit', files: { [V2]: '9007199254740991' }, limit: 2 ** 53 - 1 },
  { says: '2^53 is no limit', files: { [V2]: '9007199254740992' }, limit: undefined },
  { says: 'nothing is no limit', files: { [V2]: '0' }, limit: undefined },
  { says: 'outside of a container there is none', files: {}, limit: undefined },
]

const reading = (files: Record<string, string>) => (path: string) =>
  files[path] ?? assert.fail('no such file')

for (const { says, files, limit } of LIMITS) {
  test(says, () => {
    const memories = createMemories(reading(files as Record<string, string>))
    assert.equal(memories.find(({ kind }) => kind === 'memory')?.limit, limit)
  })
}

test('what a process holds is measured without the pages of files, which can be read again', () => {
  const status = 'VmRSS:\t  126000 kB\nRssAnon:\t   75000 kB\nRssFile:\t   51000 kB\n'
  const [memory] = createMemories(reading({ [V2]: '134217728', '/proc/self/status': status }))
  assert.equal(memory?.used(), 75_000 * 1024)
})

test('where the system does not tell them apart, all of it is measured', () => {
  const [memory] = createMemories(reading({ [V2]: '134217728', '/proc/self/status': 'VmRSS:\t 1 kB\n' }))
  assert.ok((memory?.used() ?? 0) > 2 ** 20)
})

test('the heap is watched everywhere: Node ends a process whose heap is full', () => {
  const [heap, ...more] = createMemories(reading({}))
  assert.deepEqual([heap?.kind, more], ['heap', []])
  assert.ok((heap?.used() ?? 0) > 2 ** 20 && (heap?.used() ?? 0) < (heap?.limit ?? 0))
})

const answer = async () => 'answered'
const holding = (kind: Memory['kind'], used: number): Memory => ({
  kind,
  limit: 100 * 2 ** 20,
  used: () => used * 2 ** 20,
})

/** Makes a thousand calls with so much used; tells of each that is answered. */
async function callOften(memories: readonly Memory[], onAnswer: () => void) {
  const call = guardMemory(memories)(answer as Call)
  for (let count = 0; count < 1000; count++) {
    await call({ method: 'GET', path: '/' }, () => undefined)
    onAnswer()
  }
}

for (const kind of ['memory', 'heap'] as const) {
  test(`a run that has nearly used up its ${kind} is ended with a sentence`, async () => {
    const other = holding(kind === 'heap' ? 'memory' : 'heap', 50)
    let count = 0
    await assert.rejects(
      callOften([other, holding(kind, 76)], () => count++),
      {
        failure: 'system_error',
        scope: 'run',
        message:
          `The connector uses 76 MB of the 100 MB of ${kind} that it may use, and stops before it is killed. What was ` +
          'read so far is saved. Give it more memory, or lower page_size or concurrency.',
      },
    )
    assert.equal(count, 0)
  })
}

test('below 75 % nothing happens', async () => {
  let count = 0
  await callOften([holding('memory', 74), holding('heap', 74)], () => count++)
  assert.equal(count, 1000)
})

test('after a refusal no request is made, though memory may be free again: the run is ending', async () => {
  let used = 80
  const memory: Memory = { kind: 'memory', limit: 100, used: () => used }
  const call = guardMemory([memory])(answer as Call)
  const ask = () => call({ method: 'GET', path: '/' }, () => undefined)
  await assert.rejects(ask)
  used = 10
  await assert.rejects(ask)
})
