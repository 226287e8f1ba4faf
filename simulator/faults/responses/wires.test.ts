import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, pair } from '../../testing.ts'

const path = '/api/v2/queues'

/** 'ok' for JSON, 'reset' for a broken connection, 'cut' for a body that is not JSON. */
async function outcomes(api: Bench, count: number): Promise<string[]> {
  const seen: string[] = []
  for (let at = 0; at < count; at++) {
    const body = await api.get(path).then(
      reply => reply.body,
      () => undefined,
    )
    seen.push(body === undefined ? 'reset' : typeof body === 'string' ? 'cut' : 'ok')
  }
  return seen
}

const rows = [
  { faults: 'reset-headers:2', is: ['ok', 'reset', 'ok', 'reset'] },
  { faults: 'reset-body:3', is: ['ok', 'ok', 'reset', 'ok'] },
  { faults: 'truncated:2', is: ['ok', 'cut', 'ok', 'cut'] },
] as const

for (const { faults, is } of rows) {
  test(`${faults} goes ${is.join(', ')}`, async () => {
    await using api = await open({ faults })
    assert.deepEqual(await outcomes(api, is.length), is)
  })
}

test('reset-body breaks off after the headers have come', async () => {
  await using api = await open({ faults: 'reset-body:1' })
  const response = await fetch(api.url + path, { headers: pair })
  assert.equal(response.status, 200)
  await assert.rejects(response.text())
})

test('stall leaves every nth request without a response', async () => {
  await using api = await open({ faults: 'stall:2' })
  assert.equal((await api.get(path)).status, 200)
  const silent = fetch(api.url + path, { headers: pair, signal: AbortSignal.timeout(60) })
  await assert.rejects(silent, { name: 'TimeoutError' })
})

test('slow-body sends the headers at once and the body late', async () => {
  await using api = await open({ faults: 'slow-body:60' })
  const askedAt = performance.now()
  const response = await fetch(api.url + path, { headers: pair })
  assert.equal(JSON.parse(await response.text()).success, true)
  // Counted from the request: a busy machine may notice the headers late.
  assert.ok(performance.now() - askedAt > 50)
})

test('gzip compresses for a client that accepts it, and nobody without the fault', async () => {
  await using plain = await open()
  await using zipped = await open({ faults: 'gzip' })
  const accept = { ...pair, 'accept-encoding': 'gzip' }
  const [one, two] = [await plain.get(path, accept), await zipped.get(path, accept)]
  assert.deepEqual(
    [one, two].map(reply => reply.headers.get('content-encoding')),
    [null, 'gzip'],
  )
  assert.deepEqual(two.body, one.body)
  assert.equal(
    (await zipped.get(path, { ...pair, 'accept-encoding': 'br' })).headers.get('content-encoding'),
    null,
  )
})

for (const faults of ['no-date', 'no-date,clock-skew:300', 'clock-skew:300,no-date']) {
  test(`${faults} leaves the Date header out`, async () => {
    await using api = await open({ faults })
    const { status, headers } = await api.get(path)
    assert.deepEqual([status, headers.get('date')], [200, null])
  })
}

test('clock-skew moves the Date header, which is the world’s clock without it', async () => {
  await using straight = await open()
  await using skewed = await open({ faults: 'clock-skew:-90' })
  assert.equal((await straight.get(path)).headers.get('date'), 'Wed, 20 May 2026 14:00:00 GMT')
  assert.equal((await skewed.get(path)).headers.get('date'), 'Wed, 20 May 2026 13:58:30 GMT')
})
