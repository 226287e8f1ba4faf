import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError, type Failure } from '../../errors.ts'
import { reply } from '../../http/testing.ts'
import { rememberRoute } from '../evidence/route-facts.ts'
import type { ListEnd } from '../evidence/walk.ts'
import { pageOf } from '../lists-testing.ts'
import { CALLS, createWorld, NOW, things } from '../testing.ts'
import { createFirstPageCheck, endByFailure } from './failed-page.ts'
import type { PageSpec } from './request.ts'
import { createWalkNotes } from './walk.ts'

const WINDOW = { from: NOW - 1000, to: NOW }
const things100: PageSpec = {
  def: things(),
  route: things().routes[0],
  slice: {},
  pageSize: 100,
  filters: {},
}
const calls: PageSpec = { ...things100, def: CALLS, route: CALLS.routes[0], slice: { window: WINDOW } }
const failure = (status?: number, of: Failure = 'transient_error', scope: 'run' | 'stream' = 'stream') =>
  new ConnectorError(of, 'It failed.', { scope, ...(status === undefined ? {} : { status }) })

interface Row {
  readonly says: string
  readonly error: unknown
  /** A list without windows, unless it is of calls. */
  readonly of?: PageSpec
  readonly came?: number
  readonly total?: number
  readonly isAfterFull?: boolean
  readonly stillComes?: boolean
  readonly out: ListEnd | undefined
}
const rows: readonly Row[] = [
  ...[400, 404, 410, 416, 422].map(status => ({
    says: `a refusal (${status}), whether or not its first page comes`,
    error: failure(status, 'system_error'),
    stillComes: false,
    out: 'refused' as const,
  })),
  { says: 'a 403', error: failure(403, 'config_error'), of: calls, out: undefined },
  { says: 'a failure of the server', error: failure(500), of: calls, out: 'failed' },
  { says: 'an answer of no use', error: failure(), of: calls, out: 'failed' },
  {
    says: 'a failure while the first page fails too',
    error: failure(500),
    of: calls,
    stillComes: false,
    out: undefined,
  },
  {
    says: 'a failure after a page that was not full',
    error: failure(500),
    of: calls,
    isAfterFull: false,
    out: undefined,
  },
  { says: 'a limit of the rate', error: failure(429), of: calls, out: undefined },
  { says: 'what ends the run', error: failure(500, 'transient_error', 'run'), of: calls, out: undefined },
  { says: 'an error of this program', error: new Error('bug'), of: calls, out: undefined },
  {
    says: 'a failure of a request that is sent once',
    error: failure(500),
    of: { ...calls, route: { ...calls.route, once: true } },
    out: undefined,
  },
  { says: 'a failure of a whole list', error: failure(500), out: undefined },
  {
    says: 'a failure of a calls list without a window',
    error: failure(500),
    of: { ...calls, slice: {} },
    out: undefined,
  },
  {
    says: 'a failure of a window that the API does not filter',
    error: failure(500),
    of: { ...calls, def: things() },
    out: undefined,
  },
  {
    says: 'a failure after all that is claimed',
    error: failure(500),
    came: 10,
    total: 10,
    isAfterFull: false,
    out: 'refused',
  },
  {
    says: 'a failure after all that is claimed of a window',
    error: failure(500),
    of: calls,
    came: 10,
    total: 10,
    out: 'refused',
  },
  { says: 'a failure before all that is claimed', error: failure(500), came: 10, total: 11, out: undefined },
]
for (const {
  says,
  error,
  of = things100,
  came = 10,
  total,
  isAfterFull = true,
  stillComes = true,
  out,
} of rows)
  test(`${says} ${out === undefined ? 'tells nothing of the list' : `is its end: ${out}`}`, async () => {
    const notes = createWalkNotes()
    notes.add({ rows: [], facts: { rows: came, total, pages: undefined, max: undefined } }, 0)
    const list = { spec: of, route: rememberRoute(), notes, stillComes: async () => stillComes }
    assert.equal(await endByFailure(list, error, isAfterFull), out)
    const walk = notes.end('short', 10)
    assert.deepEqual([walk.end, walk.failure], out === 'failed' ? ['failed', error] : ['short', undefined])
  })

const answers: readonly { says: string; api: () => ReturnType<typeof reply>; out: boolean }[] = [
  { says: 'a page with records', api: () => pageOf([{ id: 'a' }], { method: 'GET', path: '/' }), out: true },
  { says: 'an empty page', api: () => pageOf([], { method: 'GET', path: '/' }), out: false },
  { says: 'a failure', api: () => reply(503), out: false },
]
for (const { says, api, out } of answers)
  test(`${says} tells that the first page ${out ? 'still comes' : 'does not come'}; it is asked for once, with no more tries`, async () => {
    const { engine, asked } = createWorld(api)
    const stillComes = createFirstPageCheck(things100, engine)
    assert.deepEqual(await Promise.all([stillComes(), stillComes()]), [out, out])
    assert.deepEqual(
      asked.map(({ query, retries }) => [query?.['page'], retries]),
      [[1, 0]],
    )
  })

test('nothing is asked in a run that is to stop', async () => {
  const { engine, asked } = createWorld(() => pageOf([{ id: 'a' }], { method: 'GET', path: '/' }))
  const signal = AbortSignal.abort()
  assert.equal(await createFirstPageCheck(things100, { ...engine, signal })(), false)
  assert.deepEqual(asked, [])
})
