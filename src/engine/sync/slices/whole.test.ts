import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transientError } from '../../../errors.ts'
import { reply } from '../../../http/testing.ts'
import { byOwnTime } from '../../stream/definition.ts'
import { CALLS, HOUR, listRoute, NOW, things } from '../../testing.ts'
import { type Span, spanText } from '../../time/spans.ts'
import { CUT, shortBy, walkOf } from './slices-testing.ts'
import { SPANS, type Whole, wholeOf } from './whole-testing.ts'

const OWN_TIME = things({ incremental: byOwnTime('dateCreated') })
const textsOf = (spans: readonly Span[], dateMs = 0) => spans.map(span => `${spanText(span)} at ${dateMs}`)
const [EARLIER, LATER] = SPANS
const from = (span: Span, fromMs: number): Span => ({ from: fromMs, to: span.to })
const MIDDLE = NOW - HOUR

const rows: readonly (Whole & { says: string; out: readonly string[]; open?: RegExp })[] = [
  { says: 'that is whole is received, all that is owed of it', out: textsOf(SPANS) },
  {
    says: 'is received by the date of its answers',
    found: { walk: walkOf({ dateMs: NOW - 5 }) },
    out: textsOf(SPANS, -5),
  },
  {
    says: 'of an endpoint that is not there is received',
    api: () => reply(404),
    def: { ...CALLS, absence: 'empty' },
    out: textsOf(SPANS),
  },
  {
    says: 'of a parent that is gone is not',
    api: () => reply(404),
    def: { ...CALLS, routes: [listRoute({ path: '/a/{id}' })] },
    out: [],
  },
  { says: 'that fails stays open', api: () => reply(503), out: [], open: /503/ },
  {
    says: 'whose later page fails stays open',
    found: { walk: walkOf({ end: 'failed', failure: transientError('Down.') }) },
    out: [],
    open: /Down/,
  },
  {
    says: 'that breaks off is received as far back as its order shows',
    found: { ...CUT, reachedMs: MIDDLE },
    out: textsOf([from(LATER, MIDDLE)]),
    open: /\/calls ignores the time filter and breaks off after 4 records/,
  },
  {
    says: 'that breaks off where all that is owed came is',
    found: { ...CUT, reachedMs: EARLIER.from },
    out: textsOf(SPANS),
  },
  {
    says: 'that breaks off where nothing that is owed came is not',
    found: { ...CUT, reachedMs: NOW },
    out: [],
    open: /breaks off/,
  },
  {
    says: 'that breaks off with all it counts is',
    found: { ...CUT, claim: 4, reachedMs: MIDDLE },
    out: textsOf(SPANS),
  },
  {
    says: 'that breaks off, and is not asked for by time, is as long as the API lets it be',
    def: OWN_TIME,
    found: { ...CUT, reachedMs: MIDDLE },
    out: textsOf(SPANS),
  },
  {
    says: 'that is short of its count stays open',
    found: shortBy(1),
    out: [],
    open: /counts 5 records and gave 4/,
  },
  {
    says: 'that is short of a count that is believed to be wrong is received as far as its order shows',
    found: { walk: walkOf({ claim: 5 }), reachedMs: MIDDLE },
    out: textsOf([from(LATER, MIDDLE)]),
  },
  { says: 'so not at all where no order shows', found: { walk: walkOf({ claim: 5 }) }, out: [] },
  {
    says: 'but where the server does not filter by time',
    def: OWN_TIME,
    found: { walk: walkOf({ claim: 5 }) },
    out: textsOf(SPANS),
  },
  {
    says: 'as far as its order shows there too',
    def: OWN_TIME,
    found: { walk: walkOf({ claim: 5 }), reachedMs: MIDDLE },
    out: textsOf([from(LATER, MIDDLE)]),
  },
  {
    says: 'that holds more than it counts is received',
    found: { walk: walkOf({ claim: 4 }), reachedMs: MIDDLE },
    out: textsOf(SPANS),
  },
]

for (const { says, out, open, ...whole } of rows)
  test(`a list ${says}`, async () => {
    const { received, error } = await wholeOf(whole)
    assert.deepEqual(received, out)
    if (open === undefined) assert.equal(error, undefined)
    else assert.match(String(error), open)
  })
