import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open } from '../../testing.ts'

const agents = '/api/v2/agents?max=10'

/** How each of the requests goes: failed, or how many records there are. */
async function seen(api: Bench, ...queries: readonly string[]): Promise<unknown[]> {
  const results: unknown[] = []
  for (const query of queries) {
    const { status, body } = await api.get(`${agents}${query}`)
    assert.equal(status, 200)
    results.push(Array.isArray(body.items) ? body.items.length : 'failed')
  }
  return results
}

const rows = [
  { when: '', is: ['failed', 'failed', 'failed'] },
  { when: ':first-2', is: ['failed', 'failed', 5] },
  { when: ':every-3', is: [10, 10, 'failed'] },
  { when: ':page-2', is: [10, 'failed', 5] },
] as const

for (const name of ['success-false', 'error-200', 'no-container', 'items-null'])
  for (const { when, is } of rows)
    test(`${name}${when}: three pages are ${is.join(', ')}`, async () => {
      await using api = await open({ faults: `${name}${when}` })
      assert.deepEqual(await seen(api, '', '&page=2', '&page=3'), is)
    })

test('success-false says so, and why', async () => {
  await using api = await open({ faults: 'success-false' })
  const { success, message } = (await api.get('/api/v2/metrics/calls.total')).body
  assert.deepEqual([success, message], [false, 'Internal error, please try again'])
})

test('error-200 comes in several shapes, none of which is a list', async () => {
  await using api = await open({ faults: 'error-200' })
  const shapes: string[] = []
  for (let at = 0; at < 5; at++) shapes.push(Object.keys((await api.get(agents)).body).join())
  assert.deepEqual(shapes, ['error', 'code,message', 'message,success', 'error,pagination', 'error'])
})

test('a list that is missing or null says all the same how long it is', async () => {
  await using missing = await open({ faults: 'no-container' })
  await using isNull = await open({ faults: 'items-null' })
  const [one, other] = [(await missing.get(agents)).body, (await isNull.get(agents)).body]
  assert.deepEqual(['items' in one, one.pagination.total], [false, 25])
  assert.deepEqual([other.items, other.pagination.total], [null, 25])
})

test('an occasion that there is none of is refused', async () => {
  await assert.rejects(open({ faults: 'success-false:often' }), /first-N, every-N or page-N; it is "often"/)
})
