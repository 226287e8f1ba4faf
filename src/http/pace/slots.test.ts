import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLevels } from '../levels.ts'
import type { Reply, Send } from '../types.ts'
import { slotted } from './slots.ts'
import { createEventClock } from './testing.ts'

/** Sends requests of these streams through slots, and tells how many were in flight at most, of each stream's answers from
 *  the second on. */
async function mostInFlight(answers: Readonly<Record<string, number>>, origins: readonly string[] = ['']) {
  const clock = createEventClock()
  const { slotsOf, most } = createLevels(16, clock.now)
  const busy = new Map<string, number>()
  let highest = 0
  let isCounted = false
  const api: Send = async ({ stream = '', origin = '' }) => {
    const own = (busy.get(origin) ?? 0) + 1
    busy.set(origin, own)
    if (isCounted) highest = Math.max(highest, own)
    await clock.sleep(50)
    busy.set(origin, (busy.get(origin) ?? 0) - 1)
    return { status: 200, headers: {}, bytes: Buffer.alloc(answers[stream] ?? 0) } satisfies Reply
  }
  const send = slotted(api, slotsOf, async () => undefined)
  const all = (count: number) =>
    Promise.all(
      origins.flatMap(origin =>
        Object.keys(answers).flatMap(stream =>
          Array.from({ length: count }, () => send({ method: 'GET', path: '/a', stream, origin })),
        ),
      ),
    )
  await all(1)
  isCounted = true
  await all(300)
  return { highest, most: most() }
}

const rows = [
  { says: 'small answers', in: { a: 100 }, out: 16 },
  { says: 'pages of 100', in: { a: 125_000 }, out: 16 },
  { says: 'pages of 500', in: { a: 620_000 }, out: 8 },
  { says: 'answers of 2 MB', in: { a: 2_000_000 }, out: 2 },
  { says: 'answers of 20 MB', in: { a: 20_000_000 }, out: 1 },
]
for (const { says, in: answers, out } of rows) {
  test(`what is in flight holds five megabytes at most, as far as is known: ${out} requests for ${says}`, async () => {
    const { highest } = await mostInFlight(answers)
    assert.ok(highest >= out && highest <= out + 1, `${highest} in flight`)
  })
}

test('each origin has a level of its own', async () => {
  const { highest, most } = await mostInFlight({ a: 10 }, ['', 'https://other.example'])
  assert.deepEqual([highest >= 16, most], [true, 16])
})
