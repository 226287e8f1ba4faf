import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import { pageOf, serveCalls } from '../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../state/progress.ts'
import { type Api, CALLS, DAY, HOUR, NOW, read, SECOND } from '../testing.ts'

/** Time after the newest record that was read before: nothing has come since in most syncs. */
const START = NOW - 90 * DAY
const NEWEST = NOW - 20 * DAY
const call = (id: string, at: number) => ({ id, dateCreated: new Date(at).toISOString() })
const old = call('old', NEWEST - 5 * SECOND)
const before = (more: Partial<Progress> = {}): Progress => ({
  ...NOTHING_READ,
  closed: [{ from: START, to: NEWEST }],
  readToMs: NOW - 12 * HOUR,
  ...more,
})
const settings = { startMs: START, longestWindowMs: DAY, lookbackMs: HOUR, concurrency: 1 }

async function sync(api: Api, progress = before(), more: Partial<typeof settings> = {}) {
  const { asked, last, ...rest } = await read(CALLS, api, { settings: { ...settings, ...more }, progress })
  return { ...rest, last, requests: asked.length, hours: asked.map(hoursOf) }
}

/** How many hours a request asks for, without the second more at either end. */
function hoursOf({ query = {} }: Parameters<Api>[0]): number {
  return (Number(query['time.end']) - Number(query['time.start']) - 2) / 3600
}

test('it is looked into by one request, however short windows are, and read to the end', async () => {
  const { hours, last } = await sync(serveCalls([old]))
  assert.deepEqual(hours, [20 * 24])
  assert.deepEqual([last?.closed, last?.readToMs], [[{ from: START, to: NEWEST }], NOW - 60 * SECOND])
})

test('the newest record itself, which is at the very end of what is closed, is nothing new', async () => {
  const { hours, ids, last } = await sync(serveCalls([old, call('newest', NEWEST)]))
  assert.deepEqual([hours, ids], [[20 * 24], ['newest']])
  assert.deepEqual(last?.closed, [{ from: START, to: NEWEST }])
})

test('as many of them as make a full page are read whole', async () => {
  const together = Array.from({ length: 150 }, (_, index) => call(`n${index}`, NEWEST))
  const { ids, requests } = await sync(serveCalls(together))
  assert.deepEqual([ids.length, requests], [150, 2])
})

test('a record a moment later is', async () => {
  const { ids, requests } = await sync(serveCalls([old, call('new', NEWEST + 1)]))
  assert.deepEqual(ids, ['new'])
  assert.ok(requests >= 20, `${requests} requests`)
})

test('so is one without a moment', async () => {
  const { requests } = await sync(request => pageOf([{ id: 'timeless' }], request))
  assert.ok(requests >= 20, `${requests} requests`)
})

// Bug: a start that moved back by less than the lookback made one span of both, which was asked for at once.
test('time before what is closed is read by windows too, beside it', async () => {
  const progress = before({ closed: [{ from: NEWEST - HOUR, to: NEWEST }], readToMs: NOW - 12 * HOUR })
  const { hours } = await sync(serveCalls([old]), progress, {
    startMs: NEWEST - 3 * DAY,
    lookbackMs: 22 * DAY,
  })
  assert.ok(hours.length >= 23, `${hours}`)
})

test('when something came, it is read by windows', async () => {
  const { ids, requests } = await sync(serveCalls([old, call('new', NOW - 5 * DAY)]))
  assert.deepEqual(ids, ['new'])
  assert.ok(requests >= 20, `${requests} requests`)
})

const byWindows: readonly { says: string; api: Api; progress?: Progress; more?: Partial<typeof settings> }[] =
  [
    {
      says: 'that hides a new record behind a page of known ones',
      api: request => {
        const known = Array.from({ length: 100 }, (_, index) => call(`n${index}`, NEWEST))
        return pageOf(hoursOf(request) > 24 ? [...known, call('new', NOW - DAY)] : [], request)
      },
    },
    {
      says: 'that breaks off after a full page',
      api: request => {
        const known = Array.from({ length: 100 }, (_, index) => call(`n${index}`, NEWEST))
        return Number(request.query?.['page'] ?? 1) > 1
          ? reply(400)
          : pageOf(hoursOf(request) > 24 ? known : [], request, { leavesOut: ['total', 'pages'] })
      },
    },
    { says: 'that counts something', api: request => pageOf([], request, { claims: { total: 3 } }) },
    {
      says: 'that refuses so long a time',
      api: request => (hoursOf(request) > 24 ? reply(400) : pageOf([], request)),
    },
    {
      says: 'of which it was not read before',
      api: serveCalls([]),
      progress: before({ readToMs: NEWEST }),
    },
    {
      says: 'of which it is not known how far it was read',
      api: serveCalls([]),
      progress: { ...NOTHING_READ, closed: [{ from: START, to: NEWEST }] },
    },
    {
      says: 'whose last sync was longer ago than a window',
      api: serveCalls([]),
      progress: before({ readToMs: NOW - DAY - 1 }),
    },
  ]

for (const { says, api, progress, more } of byWindows) {
  test(`time of an API ${says} is read by windows`, async () => {
    const { requests } = await sync(api, progress, more)
    assert.ok(requests >= 20, `${requests} requests`)
  })
}

test('one that was a window ago is looked into at once', async () => {
  const { hours } = await sync(serveCalls([]), before({ readToMs: NOW - DAY }))
  assert.deepEqual(hours, [20 * 24])
})

test('time that is no longer than a window is read as one', async () => {
  const { hours } = await sync(serveCalls([old]), before(), { longestWindowMs: 20 * DAY })
  assert.deepEqual(hours, [20 * 24])
})

test('time that fails when it is looked into is read by windows, which tell why', async () => {
  const { error } = await sync(() => reply(500))
  assert.ok(error instanceof ConnectorError)
  assert.equal(error.failure, 'transient_error')
})

test('time that ends before what is read to now is left alone', async () => {
  const endMs = NOW - 30 * DAY
  const { asked } = await read(CALLS, serveCalls([]), {
    settings: { ...settings, endMs, startMs: START - 5 * DAY },
    progress: before(),
  })
  assert.ok(asked.every(request => hoursOf(request) <= 24))
  assert.equal(asked.length, 5)
})

test('time that is owed before it is read all the same', async () => {
  const closed = [
    { from: START, to: START + 5 * DAY },
    { from: START + 10 * DAY, to: NEWEST },
  ]
  const { hours, last } = await sync(serveCalls([old]), before({ closed }))
  assert.deepEqual([Math.max(...hours), hours.length], [20 * 24, 7])
  assert.deepEqual(last?.closed, [{ from: START, to: NEWEST }])
})

test('all of what is closed may be looked at once more', async () => {
  const closed = [{ from: NEWEST - HOUR, to: NEWEST }]
  const { hours } = await sync(serveCalls([old]), before({ closed }), {
    startMs: NEWEST - HOUR,
    lookbackMs: 20 * DAY - 11 * HOUR,
  })
  assert.deepEqual(hours, [20 * 24 + 1])
})

test('a lookback that is read for the first time is read by windows', async () => {
  const readToMs = NOW - 12 * HOUR
  const progress = before({ closed: [{ from: START, to: readToMs }], readToMs })
  const { hours } = await sync(serveCalls([old]), progress, { lookbackMs: DAY })
  assert.deepEqual(hours, [24, 12])
})

test('an endpoint that is gone has nothing', async () => {
  const { error } = await read({ ...CALLS, absence: 'empty' }, () => reply(404), {
    settings,
    progress: before(),
  })
  assert.equal(error, undefined)
})
