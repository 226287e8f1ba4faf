import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transientError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import type { Reply } from '../../../http/types.ts'
import { createServedRoute } from '../../fetch/served-route.ts'
import { shareKeys } from '../../records/duplicates.ts'
import type { StreamRecord } from '../../records/filter.ts'
import { createWorld, listRoute, NOW, things } from '../../testing.ts'
import { readPart } from './part.ts'
import { openStream } from './slices-testing.ts'

const DATE = { date: new Date(NOW - 5000).toUTCString() }
const [def, byId] = [things({ absence: 'empty' }), things({ routes: [listRoute({ path: '/things/{id}' })] })]

/** A part that the API answers so, and what came of it. */
async function readOf(answer: Reply, stream = def) {
  const { input, context, texts, settle, ...opened } = openStream(stream)
  const { engine } = createWorld(() => answer)
  const kept: StreamRecord[] = []
  const readFirst = createServedRoute(stream, engine, context.routes)
  const sink = async (records: readonly StreamRecord[]) => void kept.push(...records)
  const reading = { ...input, context: { ...input.context, engine, readFirst, keys: shareKeys(), sink } }
  const dates: (number | undefined)[] = []
  const found = await readPart(reading, { parent: { id: 'a' } }, (verdict, dateMs) => {
    settle(verdict)
    dates.push(dateMs)
  })
  return { ...opened, found, context, kept, texts, dates }
}

test('a part that is there is handed on, and concluded with the date of its answer', async () => {
  const { found, kept, texts, dates } = await readOf(reply(200, { items: [{ id: 'a' }] }, DATE))
  assert.deepEqual([found?.distinct, kept.length, texts(), dates], [1, 1, ['end seen'], [NOW - 5000]])
})

test('an endpoint that is not there has nothing', async () => {
  const { found, texts, context } = await readOf(reply(404))
  assert.deepEqual([found, texts(), context.tally.gone], [undefined, ['nothing there'], 0])
})

test('a part of a parent that is gone waits for what others tell', async () => {
  const { found, texts, context, evidence } = await readOf(reply(404), byId)
  assert.deepEqual([found, texts(), context.tally.gone], [undefined, [], 1])
  evidence.end()
  assert.deepEqual(texts(), ['gone'])
})

test('a part that fails stays open', async () => {
  const { found, texts, evidence } = await readOf(reply(503))
  assert.equal(found, undefined)
  assert.match(texts()[0] ?? '', /^failed: .*503/)
  assert.equal(evidence.isUnanswered(), true)
})

test('one that works after failures is an answer', async () => {
  const { evidence } = await readOf(reply(200, { items: [] }))
  evidence.failed(transientError('Down.'))
  assert.equal(evidence.isUnanswered(), false)
})
