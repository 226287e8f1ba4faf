import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../../http/testing.ts'
import { pageOf } from '../../lists-testing.ts'
import { NOTHING_READ, type Progress } from '../../state/progress.ts'
import { type Api, DAY, listRoute, NOW, read, things } from '../../testing.ts'

const lists = things({ name: 'lists', routes: [listRoute({ path: '/lists' })] })
const leads = things({
  name: 'leads',
  parent: { stream: 'lists', field: 'id', as: 'list' },
  routes: [listRoute({ path: '/lists/{list}' })],
})
const accountOf =
  (...ids: readonly string[]): Api =>
  request =>
    pageOf(request.path === '/lists' ? ids.map(id => ({ id })) : [{ id: request.path }], request)
const readWith = (api: Api, progress: Partial<Progress> = {}, nowMs = NOW) =>
  read(leads, api, {
    mode: 'full_refresh',
    others: [lists],
    nowMs,
    progress: { ...NOTHING_READ, ...progress },
  })

const doubted: readonly { says: string; before: Partial<Progress>; doubt: boolean }[] = [
  { says: 'there were none before', before: {}, doubt: false },
  { says: 'there were some at the last sync', before: { hadParents: true }, doubt: true },
  {
    says: 'some are known by name',
    before: { parents: new Map([['A', 'all']]) },
    doubt: true,
  },
  { says: 'none is known by name', before: { parents: new Map() }, doubt: false },
]
for (const { says, before, doubt } of doubted)
  test(`an empty list of parents is ${doubt ? 'doubted' : 'believed'} where ${says}`, async () => {
    const { error, last } = await readWith(accountOf(), before)
    assert.equal(error?.failure, doubt ? 'transient_error' : undefined)
    assert.deepEqual([last?.hadParents, last?.parentlessMs], doubt ? [true, NOW] : [undefined, undefined])
    if (doubt)
      assert.equal(
        error?.message,
        'Stream leads was not received: the list of lists is empty, though it was not at the last sync. If it is still empty a ' +
          'day from now, that is believed.',
      )
  })

test('the day counts from the first sync that found the list empty, and from now where a clock was ahead', async () => {
  const first = await readWith(accountOf(), { hadParents: true })
  const second = await readWith(accountOf(), first.last, NOW + DAY - 1)
  assert.deepEqual([second.error?.failure, second.last?.parentlessMs], ['transient_error', NOW])
  const third = await readWith(accountOf(), second.last, NOW + DAY)
  assert.deepEqual([third.error, third.last?.parentlessMs], [undefined, undefined])
  const ahead = await readWith(accountOf(), { hadParents: true, parentlessMs: NOW + DAY })
  assert.equal(ahead.last?.parentlessMs, NOW)
})

test('what is known of parents is kept for that day, and forgotten after it', async () => {
  const timed = things({ ...leads, incremental: { strategy: 'filtered', field: 'dateCreated' } })
  const known = { hadParents: true as const, parents: new Map([['A', 'all' as const]]) }
  const after = async (parentlessMs: number) => {
    const progress = { ...NOTHING_READ, ...known, parentlessMs }
    const { last } = await read(timed, accountOf(), { others: [lists], progress })
    return last?.parents?.size
  }
  assert.deepEqual([await after(NOW - DAY + 1), await after(NOW - DAY)], [1, 0])
})

test('parents that are there are remembered, and parents that are back are no longer missing', async () => {
  assert.equal((await readWith(accountOf('A'))).last?.hadParents, true)
  const back = await readWith(accountOf('A'), { hadParents: true, parentlessMs: NOW - DAY })
  assert.deepEqual([back.ids, back.last?.parentlessMs], [['/lists/A'], undefined])
})

for (const [status, because] of [
  [403, /Babelforce refused GET \/lists/],
  [500, /cannot answer GET \/lists/],
] as const)
  test(`a list of parents that answers ${status} is no empty list`, async () => {
    const { error, last } = await readWith(() => reply(status), { hadParents: true })
    assert.match(error?.message ?? '', because)
    assert.equal(error?.failure, status === 403 ? 'config_error' : 'transient_error')
    assert.equal(last?.parentlessMs, undefined)
  })

test('a list of parents that is short leaves the stream open, with the parts of those that came', async () => {
  const short: Api = request =>
    request.path === '/lists'
      ? pageOf([{ id: 'A' }], request, { claims: { total: 2 } })
      : pageOf([{ id: request.path }], request)
  const { error, ids, last } = await readWith(short)
  assert.deepEqual([error?.failure, ids], ['transient_error', ['/lists/A']])
  assert.deepEqual(
    last?.shortages?.map(({ of, came, claimed }) => [of, came, claimed]),
    [['lists', 1, 2]],
  )
})

test('a stream without parents has nothing to remember of them', async () => {
  const { last } = await read(lists, accountOf('A'), { mode: 'full_refresh' })
  assert.equal(last?.hadParents, undefined)
})
