import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeTimeline, type Timeline } from './timeline.ts'

const epoch = Date.parse('2026-01-01T00:00:00Z')

function refs(timeline: Timeline): number[] {
  return Array.from({ length: timeline.size() }, (_, at) => timeline.refAt(at))
}

test('entries are ordered by time, equal times by ref', () => {
  const times = [500, 100, 40_000_000_000, 100, 300]
  const timeline = makeTimeline(9, epoch, add => times.forEach((time, ref) => void add(epoch + time, ref)))
  assert.deepEqual(refs(timeline), [1, 3, 4, 0, 2])
})

test('an inserted entry takes its place after those of the same time', () => {
  const timeline = makeTimeline(2, epoch, add =>
    [100, 300].forEach((time, ref) => void add(epoch + time, ref)),
  )
  for (const [time, ref] of [
    [300, 2],
    [100, 3],
    [200, 4],
    [900, 5],
  ] as const)
    timeline.insert(epoch + time, ref)
  assert.deepEqual(refs(timeline), [0, 3, 4, 1, 2, 5])
})

test('counting before a time leaves entries at that time out, unless told to include them', () => {
  const timeline = makeTimeline(3, epoch, add =>
    [1, 2, 3].forEach(time => void add(epoch + time * 1000, time)),
  )
  const counts = [0, 1000, 1500, 2000, 9000].map(time => timeline.countBefore(epoch + time, false))
  assert.deepEqual(counts, [0, 0, 1, 1, 3])
  assert.equal(timeline.countBefore(epoch + 2000, true), 2)
})
