import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../../http/testing.ts'
import type { Reply } from '../../../http/types.ts'
import { UNKNOWN_ROUTE } from '../../evidence/route-facts.ts'
import { createRouteMemories } from '../../evidence/route-memories.ts'
import { createServedRoute } from '../../fetch/served-route.ts'
import type { WrittenWindow } from '../../stream/asked-window.ts'
import { CALLS, createWorld, DAY, HOUR, listRoute, MINUTE, NOW, SECOND } from '../../testing.ts'
import { askedFor, createFilterCheck } from './filter-check.ts'

const WINDOW = { from: NOW - HOUR, to: NOW }
const [ROUTE] = CALLS.routes
/** Calls that began so long before now. */
const callsAt = (...agoMs: readonly number[]) =>
  reply(200, {
    items: agoMs.map((ms, at) => ({ id: `c${at}`, dateCreated: new Date(NOW - ms).toISOString() })),
  })

/** A check of an API that answers so, and is asked an hour wider. */
function open(answer: Reply, def = CALLS) {
  const { engine, asked } = createWorld(() => answer)
  const routes = createRouteMemories()
  routes.learn(new Map([[ROUTE.path, { ...UNKNOWN_ROUTE, marginMs: HOUR }]]))
  const readFirst = createServedRoute(def, engine, routes)
  return { check: createFilterCheck({ readFirst }, { parent: { id: 'p' } }, 60 * SECOND), asked }
}

const answers: readonly { says: string; answer: Reply; isIgnored: boolean }[] = [
  { says: 'no sign where nothing comes', answer: callsAt(), isIgnored: false },
  { says: 'no sign where one comes of another day', answer: callsAt(HOUR), isIgnored: false },
  {
    says: 'a sign that nothing is filtered where two of another day come',
    answer: callsAt(HOUR, DAY),
    isIgnored: true,
  },
  {
    says: 'no sign where they are of the time that was asked for',
    answer: callsAt(4 * DAY, 4 * DAY),
    isIgnored: false,
  },
  { says: 'no sign where it is refused', answer: reply(400), isIgnored: false },
  { says: 'no sign where it fails', answer: reply(503), isIgnored: false },
  { says: 'no sign where it is not there', answer: reply(404), isIgnored: false },
]

for (const { says, answer, isIgnored } of answers)
  test(`a time before all records is asked for: ${says}`, async () => {
    const { check, asked } = open(answer)
    assert.equal(await check.isIgnored(NOW), isIgnored)
    assert.equal(await check.isIgnored(NOW - DAY), isIgnored)
    const from = (NOW - 4 * DAY - HOUR) / 1000 - 1
    const query = asked.map(one => [one.query?.['time.start'], one.query?.['time.end']])
    assert.deepEqual(query, [[from, from + 60 + 2 * 3600 + 2]], 'it is asked once, four days before')
  })

test('the memory of its answer is free afterwards', async () => {
  let freed = 0
  const page = {
    rows: [],
    facts: { rows: 0, pages: undefined, total: undefined, max: undefined },
    release: () => freed++,
  }
  const spec = { def: CALLS, route: ROUTE, slice: {}, pageSize: 1, filters: {} }
  await createFilterCheck({ readFirst: async () => ({ spec, page, askedAt: NOW }) }, {}, SECOND).isIgnored(
    NOW,
  )
  assert.equal(freed, 1)
})

const written = (stepMs: number): WrittenWindow => ({
  stepMs,
  widen: ({ from, to }) => ({ from: from - 10, to: to + 10 }),
})

const steps: readonly { says: string; stepMs?: number; marginMs?: number; widerMs: number }[] = [
  { says: 'up to a second beside it', widerMs: SECOND },
  { says: 'as far beside as it was asked wider', marginMs: HOUR, widerMs: HOUR + SECOND },
  { says: 'a step beside what is written', stepMs: MINUTE, widerMs: MINUTE + 10 },
  { says: 'no step beside, where that is a second', stepMs: SECOND, widerMs: 10 },
  { says: 'no step beside, where it is finer', stepMs: 1, widerMs: 10 },
]

for (const { says, stepMs, marginMs, widerMs } of steps)
  test(`rows may be of the window that was asked for, and ${says}`, () => {
    const route = listRoute(stepMs === undefined ? {} : { window: written(stepMs) })
    const spec = {
      def: CALLS,
      route,
      slice: {},
      pageSize: 1,
      filters: {},
      ...(marginMs === undefined ? {} : { marginMs }),
    }
    assert.deepEqual(askedFor(spec, WINDOW), { from: WINDOW.from - widerMs, to: WINDOW.to + widerMs })
  })
