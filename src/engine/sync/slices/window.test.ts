import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply } from '../../../http/testing.ts'
import { callsBetween } from '../../lists-testing.ts'
import { CALLS, HOUR, MINUTE, NOW } from '../../testing.ts'
import { type Span, spanText } from '../../time/spans.ts'
import { CUT, foundOf, shortBy } from './slices-testing.ts'
import type { WindowEnd } from './window.ts'
import { BY_LINE, listOf, readOne, WINDOW, type WindowMeets } from './window-testing.ts'

const HALVES = [
  { from: WINDOW.from, to: NOW - HOUR },
  { from: NOW - HOUR, to: NOW },
]
interface Row extends WindowMeets {
  readonly says: string
  readonly out?: WindowEnd
  readonly isReceived?: boolean
  /** The windows that come then. */
  readonly next?: readonly Span[]
  /** Whether what it needed is owed. */
  readonly isOwed?: boolean
  readonly open?: RegExp
}

const again = [WINDOW]
const rows: readonly Row[] = [
  { says: 'that is whole is received', isReceived: true },
  { says: 'that is whole, whatever reads it, is received', found: foundOf(), isReceived: true },
  {
    says: 'with a record that has no key stays open',
    found: foundOf({ unkeyed: 1 }),
    open: /1 record of one part came without a key/,
  },
  {
    says: 'of an endpoint that is not there is received',
    api: () => reply(404),
    def: { ...CALLS, absence: 'empty' },
    isReceived: true,
  },
  {
    says: 'of a parent that is gone ends all',
    api: () => reply(404),
    def: BY_LINE,
    out: 'gone',
  },
  { says: 'that fails stays open', api: () => reply(503), open: /503/ },
  {
    says: 'that is more than can be answered comes shorter',
    api: () => reply(503),
    isOverload: true,
    next: HALVES,
  },
  {
    says: 'of rows of any time shows that there is no filter',
    api: listOf(callsBetween(0, HOUR, 3)),
    out: 'unfiltered',
  },
  {
    says: 'of rows some minutes beside it comes again',
    api: listOf([{ id: 'a', dateCreated: new Date(NOW + MINUTE).toISOString() }]),
    next: again,
  },
  {
    says: 'whose later pages lie beside it comes again',
    found: foundOf({ marginMs: HOUR }),
    next: again,
    isOwed: true,
  },
  { says: 'whose list broke off comes in halves', found: foundOf(CUT), next: HALVES, isOwed: true },
  { says: 'that came short comes in halves', found: foundOf(shortBy(1)), next: HALVES, isOwed: true },
  {
    says: 'that came short shows that there is no filter',
    found: foundOf(shortBy(1)),
    marginMs: HOUR,
    isIgnored: true,
    out: 'unfiltered',
    isOwed: true,
  },
  {
    says: 'that lacks something and has no filter is not asked for again',
    found: foundOf({ ...CUT, marginMs: HOUR }),
    marginMs: MINUTE,
    isIgnored: true,
    out: 'unfiltered',
    isOwed: true,
  },
]

for (const { says, out = 'next', isReceived = false, next = [], isOwed = false, open, ...row } of rows)
  test(`a window ${says}`, async () => {
    const read = await readOne(row)
    assert.deepEqual([read.out, read.comes], [out, next.map(spanText)])
    assert.deepEqual(
      read.received.map(([window]) => window),
      isReceived ? [spanText(WINDOW)] : [],
    )
    assert.equal(read.owed.length, isOwed ? 1 : 0)
    const error = read.evidence.open.error('calls')
    if (open === undefined) assert.equal(error, undefined)
    else assert.match(String(error), open)
  })
