import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bench, open, pair } from '../testing.ts'

const path = '/api/v2/env-sync/agents'

async function sync(api: Bench, headers: Readonly<Record<string, string>> = pair) {
  const response = await fetch(api.url + path, { method: 'POST', headers })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

for (const world of ['documented', 'seed'] as const) {
  test(`in the ${world} world a synchronization responds with what it did, and is counted`, async () => {
    await using api = await open({ world })
    const [first, second] = [await sync(api), await sync(api)]
    const { id, started, finished, synchronized, created, updated, skipped } = first.body
    assert.deepEqual([first.status, first.body.status], [200, 'completed'])
    assert.ok(Date.parse(started) < Date.parse(finished) && synchronized > 0)
    assert.deepEqual([created + updated, synchronized + skipped], [synchronized, 25])
    assert.notEqual(second.body.id, id)
    assert.equal((await api.get('/__stats')).body.syncs, 2)
    await api.post('/__stats/reset')
    assert.equal((await api.get('/__stats')).body.syncs, 0)
    assert.deepEqual((await api.get('/__world/agent_sync/ids')).body, [])
  })
}

test('a refused request and a GET synchronize nothing', async () => {
  await using api = await open({ faults: 'once-500' })
  assert.equal((await sync(api)).status, 500)
  assert.equal((await sync(api, {})).status, 401)
  assert.equal((await api.get(path)).status, 405)
  assert.equal((await api.get('/__stats')).body.syncs, 0)
})
