import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileDateFormat } from '../request/dates.ts'
import { adaptOf, columnsFor, primaryKeyOf, timeOf } from './columns.ts'
import { completeSchema } from './schema.ts'

const dates = compileDateFormat('yyyy-MM-dd')
const STREAM = { name: 'mine', url: '/x' }
const day = { from: Date.parse('2026-01-30T00:00:00Z'), to: Date.parse('2026-01-31T00:00:00Z') }
const context = { now: 0, askedAt: 0, window: day, parent: { 'l.id': 'a' } }

const times = [
  [{}, false, undefined, undefined],
  [{ cursor_field: 'at' }, false, { strategy: 'filtered', field: 'at' }, undefined],
  [{ cursor_field: 'at' }, true, { strategy: 'windowed', field: 'at' }, 'yyyy-MM-dd widened'],
  [{}, true, { strategy: 'intervals', field: 'window_end', length: 'day' }, 'exact'],
] as const
for (const [config, isWindowed, incremental, window] of times) {
  test(`${isWindowed ? 'with' : 'without'} a window and ${JSON.stringify(config)} it is read ${incremental?.strategy ?? 'whole'}`, () => {
    const time = timeOf({ ...STREAM, ...config }, isWindowed, dates)
    assert.deepEqual(time.incremental, incremental)
    const { window: asked } = time
    const widened = asked !== undefined && 'widen' in asked ? asked.widen({ from: 0, to: 5 }).to : undefined
    assert.equal(widened, window === undefined ? undefined : window === 'exact' ? 5 : 5 + 86_400_000 - 1)
  })
}

test('windows are no shorter than the steps in which times are written, in requests or in records', () => {
  const stepOf = (cursor_format: string, pattern: string) => {
    const stream = { ...STREAM, cursor_field: 'at', cursor_format }
    const { window } = timeOf(stream, true, compileDateFormat(pattern))
    return window !== undefined && 'widen' in window ? window.stepMs : undefined
  }
  assert.equal(stepOf('dd/MM/yyyy', 'epoch_seconds'), 86_400_000)
  assert.equal(stepOf('dd/MM/yyyy HH', 'yyyy-MM-dd'), 86_400_000)
  assert.equal(stepOf('epoch_seconds', 'epoch_millis'), 1)
  assert.equal(stepOf('iso8601', 'epoch_seconds'), 1000)
})

test("a day's figures are told from those of other days, and records without a key stay without", () => {
  const daily = timeOf(STREAM, true, dates).incremental
  assert.deepEqual(primaryKeyOf({ ...STREAM, primary_key: ['id'] }, daily), ['id', 'window_start'])
  assert.deepEqual(primaryKeyOf(STREAM, daily), [])
  assert.deepEqual(primaryKeyOf({ ...STREAM, primary_key: ['id', 'id'] }, undefined), ['id'])
})

test('records get the values of their part and the ends of their day, and nothing where nothing is asked', () => {
  const daily = timeOf(STREAM, true, dates).incremental
  assert.equal(adaptOf(new Map(), undefined), undefined)
  assert.deepEqual(adaptOf(new Map([['l.id', 'l_id']]), undefined)?.({ x: 1 }, context), { x: 1, l_id: 'a' })
  assert.deepEqual(adaptOf(new Map(), daily)?.({ x: 1 }, context), {
    x: 1,
    window_start: '2026-01-30T00:00:00.000Z',
    window_end: '2026-01-31T00:00:00.000Z',
  })
})

test('a stream has the columns of its key, its time, its values and its metadata whatever its records hold', () => {
  const stream = { ...STREAM, metadata_path: '$.total' }
  const incremental = timeOf(stream, true, dates).incremental
  const columns = columnsFor(
    stream,
    { primaryKey: ['id'], ...(incremental && { incremental }) },
    new Map([['l.id', 'l_id']]),
  )
  assert.deepEqual([...columns.keys()], ['id', 'l_id', 'window_end', 'window_start', 'metadata'])
})

test('what is added never replaces a field that a record has, null included', () => {
  const adapt = adaptOf(new Map([['parent.id', 'parent_id']]), undefined)
  const context = { now: 0, askedAt: 0, window: undefined, parent: { 'parent.id': 'p' } }
  assert.deepEqual(adapt?.({ a: 1 }, context), { a: 1, parent_id: 'p' })
  assert.deepEqual(adapt?.({ parent_id: 'own' }, context), { parent_id: 'own' })
  assert.deepEqual(adapt?.({ parent_id: null }, context), { parent_id: null })
  assert.deepEqual(adapt?.({}, { ...context, parent: {} }), { parent_id: null })
})

test('a key that lies deeper has its column within that of its object', () => {
  const columns = new Map([['who.id', { type: 'string' }]])
  const names = (own: object) =>
    Object.keys(completeSchema({ properties: own } as never, columns)['properties'] as object)
  assert.deepEqual(names({}), ['who', 'additional_fields'])
  assert.deepEqual(names({ 'who.id': {} }), ['who.id', 'additional_fields'])
})
