import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open, wednesday } from './testing.ts'

const start = Math.floor(wednesday / 1000) - 5 * 86_400
const window = `time.start=${start}&time.end=${start + 3 * 86_400}`

const paths = [
  '/api/v2/calls/reporting?max=100',
  '/api/v2/calls/reporting?max=100&page=17',
  '/api/v2/calls/reporting?max=100&page=99',
  '/api/v2/calls/reporting/simple?max=7&page=3',
  `/api/v2/calls/reporting?max=40&page=2&${window}`,
  `/api/v2/calls/reporting/simple?max=500&${window}`,
  '/api/v2/calls/reporting?time.start=4000000000',
  '/api/v2/calls/reporting?type=outbound',
]

for (const path of paths) {
  test(`a prerendered page equals the rendered one: ${path}`, async () => {
    await using rendered = await open()
    await using prerendered = await open({ prerendered: true })
    const [plain, cut] = [await rendered.get(path), await prerendered.get(path)]
    assert.deepEqual(cut.body, plain.body)
    assert.equal(JSON.stringify(cut.body), JSON.stringify(plain.body))
    assert.equal(cut.headers.get('content-length'), plain.headers.get('content-length'))
  })
}

test('the seed world’s calls are prerendered too', async () => {
  await using rendered = await open({ world: 'seed' })
  await using prerendered = await open({ world: 'seed', prerendered: true })
  const path = '/api/v2/calls?offset=100&limit=50'
  assert.deepEqual((await prerendered.get(path)).body, (await rendered.get(path)).body)
})

test('calls that happen later are rendered as well', async () => {
  await using api = await open({ prerendered: true })
  await api.post('/__world/advance?calls=2')
  const { items, pagination } = (await api.get('/api/v2/calls/reporting/simple')).body
  const ids = (await api.get('/__world/calls/ids')).body
  assert.deepEqual([pagination.total, items[0].id], [1002, ids[0]])
})

test('a fault that changes records works on prerendered pages', async () => {
  await using api = await open({ prerendered: true, faults: 'no-total,no-id' })
  const { items, pagination } = (await api.get('/api/v2/calls/reporting?max=20')).body
  assert.deepEqual([items.filter((row: object) => 'id' in row).length, 'total' in pagination], [18, false])
})

test('prerendered and live exclude each other', async () => {
  await assert.rejects(open({ prerendered: true, live: 1 }), /exclude each other/)
})
