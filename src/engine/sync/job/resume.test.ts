import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UNKNOWN_ROUTE } from '../../evidence/route-facts.ts'
import { pageOf } from '../../lists-testing.ts'
import { fingerprintOf } from '../../state/fingerprint.ts'
import { NOTHING_READ, type ParentCoverage, type Progress } from '../../state/progress.ts'
import { CALLS, createWorld, DAY, HOUR, NOW, SETTINGS } from '../../testing.ts'
import type { Job } from './job.ts'
import { resumeFrom } from './resume.ts'

const MADE_FOR = fingerprintOf(CALLS, 'incremental', SETTINGS)
const span = (fromDays: number, toDays: number) => ({ from: NOW + fromDays * DAY, to: NOW + toDays * DAY })

function resumed(
  progress: Progress,
  mode: Job['mode'] = 'incremental',
  settings: Partial<typeof SETTINGS> = {},
) {
  const { engine, lines } = createWorld(request => pageOf([], request), settings)
  return { from: resumeFrom({ def: CALLS, mode, progress }, engine), lines }
}

const LEARNT = {
  routes: new Map([['/calls', { ...UNKNOWN_ROUTE, fullest: 9 }]]),
  shortages: [{ came: 1, claimed: 2, print: 'p', sinceMs: NOW }],
}
const READ: Progress = {
  cursorMs: NOW - DAY,
  closed: [span(-9, -1)],
  readToMs: NOW - HOUR,
  readAtMs: NOW - HOUR,
  finished: false,
  parents: new Map([['p', 'all']]),
  ...LEARNT,
}

test('a state that was made for the same goes on', () => {
  const before = { ...READ, madeFor: MADE_FOR }
  assert.deepEqual(resumed(before), { from: before, lines: [] })
})

test('one that does not say what it was made for is accepted, and says so from now on', () => {
  assert.deepEqual(resumed(READ), { from: { ...READ, madeFor: MADE_FOR }, lines: [] })
})

test('one that was made for something else starts over, but for what was learnt of the API, and the log says why', () => {
  const { from, lines } = resumed({ ...READ, madeFor: { ...MADE_FOR, queue_id: 'q', origin: 'o' } })
  assert.deepEqual(from, { ...NOTHING_READ, ...LEARNT, madeFor: MADE_FOR })
  assert.deepEqual(lines, [
    'INFO calls: read from the start, since what its state was made for has changed: origin, queue_id.',
  ])
})

test('where nothing was learnt, nothing is left', () => {
  const { from } = resumed({ ...NOTHING_READ, cursorMs: NOW, madeFor: { ...MADE_FOR, origin: 'o' } })
  assert.deepEqual(from, { ...NOTHING_READ, madeFor: MADE_FOR })
})

test('a full refresh that came to its end starts over quietly; one that did not goes on, as does an incremental sync', () => {
  const madeFor = fingerprintOf(CALLS, 'full_refresh', SETTINGS)
  const finished = { ...READ, finished: true, madeFor }
  assert.deepEqual(resumed(finished, 'full_refresh'), {
    from: { ...NOTHING_READ, ...LEARNT, madeFor },
    lines: [],
  })
  const unfinished = { ...finished, finished: false }
  assert.deepEqual(resumed(unfinished, 'full_refresh').from, unfinished)
  const incremental = { ...finished, madeFor: MADE_FOR }
  assert.deepEqual(resumed(incremental).from, incremental)
})

const ahead: readonly { says: string; more: Partial<Progress> }[] = [
  { says: 'its cursor', more: { cursorMs: NOW + DAY } },
  { says: 'what is closed', more: { closed: [span(-90, -40), span(-35, 1)] } },
  { says: 'how far it was read', more: { readToMs: NOW + DAY } },
]

for (const { says, more } of ahead) {
  test(`a state of which ${says} is ahead of the clock is cut to 30 days before now, with a warning`, () => {
    const before = {
      ...READ,
      parents: new Map<string, ParentCoverage>([
        ['p', 'all'],
        ['q', READ],
      ]),
      ...more,
    }
    const { from, lines } = resumed(before)
    const cutMs = NOW - 30 * DAY
    assert.equal(from?.cursorMs, Math.min(before.cursorMs ?? cutMs, cutMs))
    assert.ok((from?.closed ?? []).every(({ from, to }) => from < to && to <= cutMs))
    assert.deepEqual([from?.readToMs, from?.readAtMs], [undefined, undefined])
    assert.deepEqual(from?.parents?.get('p'), 'all')
    assert.deepEqual(from?.parents?.get('q'), {
      closed: [],
      readToMs: undefined,
      readAtMs: undefined,
      valuedToMs: undefined,
    })
    assert.deepEqual(lines, [
      "WARN calls: its state is ahead of the API's clock, as that of a machine whose clock was wrong is. The last 30 days are " +
        'read again.',
    ])
  })
}

test('a cut leaves what lies before, and the end of what had values no later', () => {
  const { from } = resumed({ ...NOTHING_READ, closed: [span(-90, -40), span(-35, 1)], valuedToMs: NOW })
  assert.deepEqual(from?.closed, [span(-90, -40), span(-35, -30)])
  assert.deepEqual([from?.valuedToMs, from?.cursorMs], [NOW - 30 * DAY, NOW - 30 * DAY])
  const edge = resumed({ ...NOTHING_READ, closed: [span(-40, -30), span(-30, 1)] }).from
  assert.deepEqual(edge?.closed, [span(-40, -30)], 'nothing is left of what begins there')
  const early = resumed({ ...NOTHING_READ, cursorMs: NOW + 1, valuedToMs: NOW - 40 * DAY }).from
  assert.deepEqual(
    [early?.valuedToMs, early?.cursorMs, early?.parents],
    [NOW - 40 * DAY, NOW - 30 * DAY, undefined],
  )
})

test('a state that is exactly at the clock is not ahead of it', () => {
  assert.equal(resumed({ ...READ, cursorMs: NOW }).from?.cursorMs, NOW)
})

test('one that is 30 days ahead is cut, and one that is further ahead is left alone, which is said', () => {
  assert.equal(resumed({ ...NOTHING_READ, cursorMs: NOW + 30 * DAY }).from?.cursorMs, NOW - 30 * DAY)
  assert.deepEqual(resumed({ ...NOTHING_READ, cursorMs: NOW + 30 * DAY + 1 }), {
    from: undefined,
    lines: [
      "WARN calls: its state is more than 30 days ahead of the API's clock, so there is nothing to read. If that is a " +
        'mistake, reset the stream.',
    ],
  })
})
