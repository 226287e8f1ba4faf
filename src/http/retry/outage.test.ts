import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectorError } from '../../errors.ts'
import { createTestClock, reply } from '../testing.ts'
import { BadBody, NetworkError, type Reply, type Request } from '../types.ts'
import { createOutageWatch } from './outage.ts'
import { PATIENT } from './patience.ts'
import { retrying } from './retry.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 0, 1)
const GONE = new NetworkError('ECONNREFUSED', 'said Node')
const PAGE = reply(200, '<!DOCTYPE html><title>We are upgrading</title>', { 'content-type': 'text/html' })

type Answering = (path: string, ms: number) => Reply | Error

/** A way to an API that answers by its clock, as a sync has it. */
function createApi(answer: Answering) {
  const clock = createTestClock({ now: START })
  const sent: { path: string; ms: number }[] = []
  const told: string[] = []
  const signal = new AbortController().signal
  const send = async ({ path }: Request) => {
    const ms = clock.now() - START
    sent.push({ path, ms })
    const outcome = answer(path, ms)
    if (outcome instanceof Error) throw outcome
    return outcome
  }
  const onWait = (_: Request, { error }: { error: ConnectorError }) => told.push(error.message)
  const outage = createOutageWatch({ clock, send, lastsMs: 5 * MINUTE, witness: '/witness', onWait, signal })
  const call = retrying(send, { clock, patience: PATIENT, onWait, signal, outage })
  const get = (path: string) =>
    call({ method: 'GET', path }, readStatus).catch((error: ConnectorError) => error)
  const count = (path: string) => sent.filter(one => one.path === path).length
  return { get, sent, count, told, clock }
}

function readStatus({ status, bytes }: Reply): number {
  if (bytes.toString().startsWith('<')) throw new BadBody('not JSON')
  return status
}

const during =
  (from: number, to: number, bad: Reply | Error): Answering =>
  (_, ms) =>
    ms >= from && ms < to ? bad : reply(200)

const outages = [
  { says: 'refused connections', bad: GONE },
  { says: 'the server saying 503', bad: reply(503) },
  { says: 'a page for people', bad: PAGE },
]
for (const { says, bad } of outages) {
  test(`four minutes of ${says} cost a sync nothing but the wait`, async () => {
    const { get, told, clock } = createApi(during(1, 4 * MINUTE, bad))
    assert.equal(await get('/calls'), 200)
    clock.advance(1)
    assert.deepEqual(await Promise.all(['/calls', '/agents', '/queues'].map(get)), [200, 200, 200])
    assert.ok(clock.now() - START < 5 * MINUTE)
    assert.match(told.at(-1) ?? '', /All streams wait until the API is back, for up to \d more minutes?\.$/)
  })

  test(`six minutes of ${says} fail what is asked, and what would be asked next at once`, async () => {
    const { get, sent, clock } = createApi(during(0, 6 * MINUTE, bad))
    const ends = await Promise.all(['/calls', '/agents'].map(get))
    for (const end of ends) {
      const { failure, message } = end as ConnectorError
      assert.equal(failure, 'transient_error')
      assert.match(message, /The API has been away for 5 minutes\. The next sync goes on from here\.$/)
    }
    assert.equal(clock.now() - START, 5 * MINUTE)
    const before = sent.length
    assert.equal(((await get('/queues')) as ConnectorError).failure, 'transient_error')
    assert.equal(sent.length, before)
  })
}

test('during an outage one request is sent now and then, and no other', async () => {
  const { get, sent, clock } = createApi(during(1, 4 * MINUTE, GONE))
  await get('/known')
  clock.advance(1)
  const paths = Array.from({ length: 50 }, (_, index) => `/agents/${index}`)
  await Promise.all(paths.map(get))
  const meanwhile = sent.filter(({ ms }) => ms > 1_000 && ms < 4 * MINUTE)
  assert.deepEqual(new Set(meanwhile.map(({ path }) => path)), new Set(['/known']))
  assert.ok(meanwhile.length <= 15, `${meanwhile.length} requests`)
})

test('a path that always fails costs its five tries and one look beside it, and the others nothing', async () => {
  const { get, count, clock } = createApi(path => reply(path === '/broken' ? 500 : 200))
  assert.equal(await get('/agents'), 200)
  const end = (await get('/broken')) as ConnectorError
  assert.deepEqual([end.failure, end.status], ['transient_error', 500])
  assert.deepEqual([count('/broken'), count('/agents')], [6, 2])
  assert.ok(clock.now() - START < 10_000)
  assert.equal(await get('/queues'), 200)
})

test('an API whose first path fails is asked for another one', async () => {
  const { get, count } = createApi(path => reply(path === '/broken' ? 500 : 404))
  assert.equal(((await get('/broken')) as ConnectorError).status, 500)
  assert.deepEqual([count('/broken'), count('/witness')], [6, 1])
})

test('many broken paths are no outage while another one answers', async () => {
  const { get, count, clock } = createApi(path => reply(path === '/good' ? 200 : 500))
  assert.equal(await get('/good'), 200)
  const paths = ['/a', '/b', '/c', '/d']
  for (const end of await Promise.all(paths.map(get))) assert.equal((end as ConnectorError).status, 500)
  for (const path of paths) assert.equal(count(path), 6, path)
  assert.ok(clock.now() - START < 10_000)
})

test('a server that fails every other request is no outage without end', async () => {
  let index = 0
  const { get, sent } = createApi(() => (index++ % 2 === 0 ? GONE : reply(503)))
  assert.equal(((await get('/calls')) as ConnectorError).failure, 'transient_error')
  assert.ok(sent.length < 100)
})

test('an outage right after another one is outlived too', async () => {
  const isDown = (ms: number) => ms % (5 * MINUTE) < 4 * MINUTE
  const { get, clock } = createApi((_, ms) => (isDown(ms) ? GONE : reply(200)))
  assert.equal(await get('/calls'), 200)
  clock.advance(2 * MINUTE)
  assert.equal(await get('/calls'), 200)
  assert.ok(clock.now() - START > 8 * MINUTE)
})

test('a request that may have arrived is not sent again after an outage', async () => {
  const clock = createTestClock({ now: START })
  const { signal } = new AbortController()
  let sent = 0
  const send = async () => {
    sent++
    throw new NetworkError('ECONNRESET', 'said Node')
  }
  const outage = createOutageWatch({
    clock,
    send,
    lastsMs: 5 * MINUTE,
    witness: '/w',
    onWait: assert.fail,
    signal,
  })
  const call = retrying(send, { clock, patience: PATIENT, onWait: assert.fail, signal, outage })
  await assert.rejects(call({ method: 'POST', path: '/tokens', once: true }, () => 0))
  assert.equal(sent, 1)
})
