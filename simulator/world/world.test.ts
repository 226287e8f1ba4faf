import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registers } from '../routes/index.ts'
import { makeClock, wednesday } from '../testing.ts'
import { viewRows } from './calls/call-views.ts'
import { daysAgo } from './ground/facts.ts'
import { keyAt, type Row, type Rows, sliceRows } from './ground/rows.ts'
import { registerRows } from './lookups.ts'
import type { World } from './view.ts'
import { makeWorld, type WorldOptions } from './world.ts'

const sizes = { calls: 2000, agents: 20, queues: 8, lists: 4, leads: 30 }
const MINUTE = 60_000

function worldOf(changes: Partial<WorldOptions> = {}): World {
  return makeWorld({
    seed: 1,
    days: 30,
    age: 2000,
    together: 1,
    sizes,
    live: 0,
    clock: () => wednesday,
    prerendered: false,
    registers,
    ...changes,
  })
}

function all(rows: Rows): Row[] {
  return sliceRows(rows, 0, rows.count)
}

function legs(world: World): Row[] {
  return all(viewRows(world.legs, world.now()))
}

function report(world: World): Row[] {
  return all(viewRows(world.report, world.now()))
}

test('nothing in an account is older than the account', () => {
  for (const age of [10, 500, 2000]) {
    const { facts } = worldOf({ age })
    for (const days of [1, 40, 2000]) {
      const passed = (facts.startedAt - daysAgo(facts, days)) / (24 * 60 * MINUTE)
      assert.ok(passed > 0 && passed <= age, `${days} days in an account of ${age}: ${passed}`)
    }
    assert.ok(daysAgo(facts, 2) < daysAgo(facts, 1))
  }
})

test('the same seed makes the same world, another seed a different one', () => {
  assert.deepEqual(legs(worldOf()), legs(worldOf()))
  const other = new Set(legs(worldOf({ seed: 2 })).map(leg => leg['id']))
  assert.ok(legs(worldOf()).every(leg => !other.has(leg['id'])))
})

test('the clock moves the times and leaves the ids', () => {
  const later = worldOf({ clock: () => wednesday + 7 * 24 * 60 * MINUTE })
  assert.deepEqual(
    new Set(report(later).map(row => row['id'])),
    new Set(report(worldOf()).map(row => row['id'])),
  )
})

test('calls reach as many days back as they should, newest first', () => {
  const times = report(worldOf()).map(row => Date.parse(String(row['dateCreated'])))
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  )
  assert.ok(times.every(time => time <= wednesday && time >= wednesday - 30 * 24 * 60 * MINUTE))
})

test('calls may begin several at a time', () => {
  const times = report(worldOf({ together: 4 })).map(row => row['dateCreated'])
  const atOnce = [...Map.groupBy(times, time => time).values()].map(group => group.length)
  assert.deepEqual([times.length, atOnce.length, Math.max(...atOnce)], [2000, 500, 4])
})

test('most calls come in the daytime on weekdays', () => {
  const times = report(worldOf()).map(row => new Date(String(row['dateCreated'])))
  const byDay = times.filter(
    time => time.getUTCDay() % 6 !== 0 && time.getUTCHours() >= 7 && time.getUTCHours() < 20,
  )
  assert.ok(byDay.length > 0.9 * times.length && byDay.length < times.length)
})

test('the times of a settled call add up', () => {
  for (const row of report(worldOf({ clock: () => wednesday }))) {
    const [talk, hold, wrapup] = [Number(row['talkTime']), Number(row['holdTime']), Number(row['wrapupTime'])]
    assert.equal(row['handleTime'], talk + hold + wrapup)
    assert.equal(row['duration'], Number(row['waitTime']) + talk + hold)
    assert.ok(Number(row['queueWaitTime']) <= Number(row['waitTime']))
    assert.equal(row['bridgeTime'], row['bridged'] ? row['waitTime'] : 0)
  }
})

test('a queued call that is answered has a customer’s leg and, as its child, an agent’s', () => {
  const everyLeg = legs(worldOf())
  const byId = new Map(everyLeg.map(leg => [leg['id'], leg]))
  const children = everyLeg.filter(leg => 'parentId' in leg)
  assert.ok(children.length > 1000)
  for (const child of children) {
    const parent = byId.get(child['parentId'])
    assert.equal(parent?.['type'], 'inbound')
    assert.equal(parent?.['sessionId'], child['sessionId'])
    assert.ok(String(parent?.['dateCreated']) < String(child['dateCreated']))
  }
})

test('every call of the report is a leg of the same id', () => {
  const world = worldOf()
  const ids = new Set(legs(world).map(leg => leg['id']))
  assert.ok(report(world).every(row => ids.has(row['id'])))
})

test('legs show the gaps of real data: bridged null, queueId null, no parentId, no dateEstablished', () => {
  const everyLeg = legs(worldOf())
  const bridged = everyLeg.map(leg => leg['bridged'] as Row | null)
  assert.ok(bridged.some(party => party === null))
  assert.ok(bridged.some(party => party?.['queueId'] === null))
  assert.ok(everyLeg.some(leg => !('parentId' in leg)))
  assert.ok(everyLeg.some(leg => !('dateEstablished' in leg)))
})

test('a leg is about 1.2 kB of JSON on average', () => {
  const everyLeg = legs(worldOf())
  const average = JSON.stringify(everyLeg).length / everyLeg.length
  assert.ok(average > 1000 && average < 1400, `${average}`)
})

test('a call changes until it has settled: in progress, finished, recorded, wrapped up', () => {
  const clock = makeClock()
  const world = worldOf({ clock: clock.now, sizes: { ...sizes, calls: 0 } })
  world.addCalls(300)
  const young = legs(world)
  assert.ok(
    young.every(leg => leg['state'] === 'in-progress' && !('dateFinished' in leg) && leg['duration'] === 0),
  )
  clock.tick(180 * MINUTE)
  const old = new Map(report(world).map(row => [row['id'], row]))
  assert.ok(legs(world).every(leg => 'dateFinished' in leg && leg['state'] !== 'in-progress'))
  const id = String(young.find(leg => Number(old.get(leg['id'])?.['wrapupTime']) > 0)?.['id'])
  const finished = Date.parse(String(world.legs.find(id, world.now())?.['dateFinished']))
  const seen = [-1, 0, 299, 300, 599, 600].map(seconds => stageOf(world, id, finished + seconds * 1000))
  const wrapupTime = old.get(id)?.['wrapupTime']
  const recordings = recordingsOf(world.legs.find(id, world.now()))
  assert.deepEqual(seen, [
    { finished: false, recordings: 0, wrapupTime: 0 },
    { finished: true, recordings: 0, wrapupTime: 0 },
    { finished: true, recordings: 0, wrapupTime: 0 },
    { finished: true, recordings, wrapupTime: 0 },
    { finished: true, recordings, wrapupTime: 0 },
    { finished: true, recordings, wrapupTime },
  ])
})

function recordingsOf(leg: Row | undefined): number {
  return Array.isArray(leg?.['recordings']) ? leg['recordings'].length : 0
}

function stageOf(world: World, id: string, now: number) {
  const leg = world.legs.find(id, now)
  const recordings = recordingsOf(leg)
  return {
    finished: 'dateFinished' in (leg ?? {}),
    recordings,
    wrapupTime: world.report.find(id, now)?.['wrapupTime'],
  }
}

test('live calls begin at their own moments, without a timer', () => {
  const clock = makeClock()
  const world = worldOf({ clock: clock.now, live: 4, sizes: { ...sizes, calls: 0 } })
  clock.tick(1500)
  const times = report(world).map(row => Date.parse(String(row['dateCreated'])) - wednesday)
  assert.deepEqual(times, [1500, 1250, 1000, 750, 500, 250])
})

test('registers shrink and grow at their newest end', () => {
  const world = worldOf()
  const ids = () =>
    Array.from({ length: world.size('agents') }, (_, at) => keyAt(registerRows(world, 'agents'), at, ['id']))
  const before = ids()
  world.resize('agents', -3)
  assert.deepEqual(ids(), before.slice(3))
  world.resize('agents', 3)
  assert.deepEqual(ids(), before)
})

test('of four lists the first is empty, the second has one lead, and the others as many as they should', () => {
  const counts = all(registerRows(worldOf(), 'outbound_lists')).map(list => list['count'])
  assert.deepEqual(counts.toReversed(), [0, 1, 30, 30])
})
