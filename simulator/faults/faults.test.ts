import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from '../testing.ts'
import { makeFaults } from './index.ts'

test('a fault may be limited to a path, and other paths stay whole', async () => {
  await using api = await open({ faults: 'status-503@/api/v2/queues, every-429:2@/api/v2/users' })
  const seen: number[] = []
  for (const path of ['queues', 'agents', 'users', 'agents', 'users'])
    seen.push((await api.get(`/api/v2/${path}`)).status)
  assert.deepEqual(seen, [503, 200, 200, 200, 429])
})

test('sign-in is left alone unless its path is named', async () => {
  const form = { grant_type: 'client_credentials', client_id: 'demo-client', client_secret: 'demo-secret' }
  await using everywhere = await open({ faults: 'status-500' })
  await using named = await open({ faults: 'status-500@/oauth' })
  assert.equal((await everywhere.post('/oauth/token', form)).status, 200)
  assert.equal((await named.post('/oauth/token', form)).status, 500)
})

test('what tests ask of the simulator itself is never touched', async () => {
  await using api = await open({ faults: 'status-500,reset-headers:1' })
  assert.equal((await api.get('/__world/agents/count')).body, 25)
})

test('faults combine', async () => {
  await using api = await open({ faults: 'once-500,every-429:3' })
  const seen: number[] = []
  for (let at = 0; at < 4; at++) seen.push((await api.get('/api/v2/queues')).status)
  assert.deepEqual(seen, [500, 200, 429, 200])
})

test('an unknown fault, and an argument that is not a number, are refused', () => {
  assert.throws(() => makeFaults('nonsense'), /There is no fault "nonsense"/)
  assert.throws(() => makeFaults('every-429:often'), /must be a whole number; it is "often"/)
})
