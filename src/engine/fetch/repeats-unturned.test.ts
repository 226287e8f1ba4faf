import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from '../../errors.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { byNextToken, type Paginator, type Place, unpaged } from '../stream/paginators.ts'
import { listRoute, things } from '../testing.ts'
import { unturned } from './repeats.ts'
import { mistakes, paged, pageOf } from './visit-testing.ts'

const tokens = byNextToken('after')

interface Again {
  readonly paginate?: Paginator
  readonly place?: Place
  /** How many records came twice, where so many were asked for. */
  readonly rows: number
  readonly pageSize: number
  readonly total?: number
  readonly mistakes?: Mistakes
}

/** What is said of page 2, unless another place is given, which is the page before it again. */
function saidOf({ paginate = paged, place = { at: 2 }, rows, pageSize, total, ...described }: Again) {
  const spec = { def: things(described), route: listRoute({ paginate }), slice: {}, pageSize, filters: {} }
  return unturned({ spec, engine: { service: 'Babelforce' } }, place, pageOf(rows, total))
}

const OURS =
  'Babelforce answers /things with the same page again (PLACE), so the rest of stream things cannot be read. The API may no ' +
  'longer know the paging parameter; please report this.'

const ours: readonly { says: string; again: Again; out: string | undefined }[] = [
  { says: 'a full page', again: { rows: 10, pageSize: 10 }, out: 'page 2' },
  { says: 'a page that is not full', again: { rows: 9, pageSize: 10 }, out: undefined },
  { says: 'a page of a hundred, as every list gives', again: { rows: 100, pageSize: 500 }, out: 'page 2' },
  { says: 'a page of fewer', again: { rows: 99, pageSize: 500 }, out: undefined },
  { says: 'a page of two', again: { rows: 2, pageSize: 2 }, out: 'page 2' },
  { says: 'a page of one record', again: { rows: 1, pageSize: 1 }, out: 'page 2' },
  {
    says: 'a page of one record of a list with a count, before which another may have arrived',
    again: { rows: 1, pageSize: 1, total: 2 },
    out: undefined,
  },
  { says: 'one answer', again: { rows: 10, pageSize: 10, paginate: unpaged }, out: undefined },
  {
    says: 'a page that the first one named, however short',
    again: { rows: 1, pageSize: 10, paginate: tokens, place: { at: 2, named: 'two' } },
    out: 'next-token 2',
  },
  {
    says: 'a page that a later one named',
    again: { rows: 1, pageSize: 10, paginate: tokens, place: { at: 3, named: 'three' } },
    out: undefined,
  },
]

for (const { says, again, out } of ours)
  test(`${says} that comes again ${out === undefined ? 'is the end of its list' : 'is an error'}`, () => {
    const error = saidOf(again)
    assert.equal(error?.message, out === undefined ? undefined : OURS.replace('PLACE', out))
    if (error !== undefined) assert.equal(error instanceof ConnectorError && error.failure, 'system_error')
  })

const described: readonly { says: string; again: Again; out: string }[] = [
  {
    says: 'a page that is asked for by its number',
    again: { rows: 3, pageSize: 10 },
    out: 'The same 3 of 10 again.',
  },
  {
    says: 'a page that the first one named',
    again: { rows: 3, pageSize: 10, paginate: tokens, place: { at: 2, named: 'two' } },
    out: 'The same 3 of 3 again.',
  },
  {
    says: 'a page that a later one named',
    again: { rows: 3, pageSize: 10, paginate: tokens, place: { at: 3, named: 'three' } },
    out: 'three again.',
  },
  {
    says: 'a later page that none named',
    again: { rows: 3, pageSize: 10, place: { at: 3 } },
    out: 'The same 3 of 10 again.',
  },
]

for (const { says, again, out } of described)
  test(`in a stream that a person described, ${says} and comes again is told as their mistake`, () =>
    assert.equal(saidOf({ ...again, mistakes })?.message, out))
