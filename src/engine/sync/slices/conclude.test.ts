import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemError, transientError } from '../../../errors.ts'
import type { Slice } from '../../stream/context.ts'
import { oneAt, type RecordsAt, type StreamDef } from '../../stream/definition.ts'
import type { Sign } from '../../stream/mistakes.ts'
import { HOUR, listRoute, NOW, things } from '../../testing.ts'
import type { SliceEvidence } from './slice.ts'
import { CUT, openStream, shortBy, walkOf } from './slices-testing.ts'

const WINDOW = { window: { from: NOW - HOUR, to: NOW } }
const FOREIGN = { own: 0, foreign: 1 }
const OWN = { own: 1 }
const MISTAKE: Sign = { of: 'data_path', mistake: systemError('Mistaken.') }

const recordsAt = (records: RecordsAt) => things({ routes: [listRoute({ records })] })

interface Row {
  readonly says: string
  readonly def?: StreamDef
  readonly slice?: Slice
  readonly found?: Partial<SliceEvidence>
  /** What was found of other slices, before and after. */
  readonly before?: Partial<SliceEvidence>
  readonly after?: Partial<SliceEvidence>
  /** Whether it is told only once the stream is over. */
  readonly isLate?: true
  readonly out: RegExp
}

const rows: readonly Row[] = [
  { says: 'that is whole is received', out: /^end seen$/ },
  { says: 'that is empty is received', found: { own: 0, distinct: 0 }, out: /^end seen$/ },
  {
    says: 'whose later page failed stays open',
    found: { walk: walkOf({ end: 'failed', failure: transientError('Down.') }) },
    out: /^failed: Down.$/,
  },
  {
    says: 'that broke off in a window that cannot be shorter stays open',
    slice: WINDOW,
    found: CUT,
    out: /^capped: .* \/things breaks off after 4 records .*\(2026-01-31T11:00:00.000Z to 2026-01-31T12:00:00.000Z\)/,
  },
  { says: 'that broke off without a window is as long as the API lets it be', found: CUT, out: /^end seen$/ },
  {
    says: 'that came short is doubted, once all is known',
    found: shortBy(1),
    isLate: true,
    out: /^short: .* counts 5 records and gave 4/,
  },
  {
    says: 'that came short and points to a mistake is mistaken',
    found: { ...shortBy(1), signs: [MISTAKE] },
    isLate: true,
    out: /^mistaken: Mistaken/,
  },
  {
    says: 'that points to a mistake is mistaken',
    found: { signs: [MISTAKE] },
    isLate: true,
    out: /^mistaken: Mistaken/,
  },
  {
    says: 'that points to a mistake is whole, once another denies that',
    found: { signs: [MISTAKE] },
    after: { signs: [{ of: 'data_path' }] },
    out: /^end seen$/,
  },
  {
    says: 'with a record that has no key is short of it',
    found: { unkeyed: 1 },
    out: /^short: .* 1 record of one part came without a key/,
  },
  {
    says: 'with two such is short of both',
    found: { unkeyed: 2 },
    out: /^short: .* 2 records of one part came without a key/,
  },
  {
    says: 'with such a record that points to a mistake is mistaken',
    found: { unkeyed: 1, signs: [MISTAKE] },
    isLate: true,
    out: /^mistaken: Mistaken/,
  },
  {
    says: 'of other parents’ records stays open, where no slice had its own',
    found: FOREIGN,
    isLate: true,
    out: /^other parents: /,
  },
  {
    says: 'of other parents’ records is empty, where another had its own',
    found: FOREIGN,
    before: OWN,
    out: /^end seen$/,
  },
  { says: 'so is one that is told before', found: FOREIGN, after: OWN, out: /^end seen$/ },
  { says: 'with some records of its own is whole', found: { own: 1, foreign: 3 }, out: /^end seen$/ },
  {
    says: 'of one other record is no answer',
    def: recordsAt(oneAt('item')),
    found: FOREIGN,
    before: OWN,
    out: /^short: .* 1 record of one part came with another id/,
  },
  {
    says: 'nor is one that is the whole answer',
    def: recordsAt({ kind: 'body' }),
    found: FOREIGN,
    before: OWN,
    out: /^short: .* 1 record of one part came with another id/,
  },
  {
    says: 'of one other record stays open, where no slice had its own',
    def: recordsAt(oneAt('item')),
    found: FOREIGN,
    isLate: true,
    out: /^other parents: /,
  },
  {
    says: 'with another id than it was asked for is no answer',
    found: { otherId: 'x' },
    isLate: true,
    out: /^short: .* 1 record of one part came with another id/,
  },
]

for (const { says, def, slice, found, before, after, isLate, out } of rows)
  test(`a slice ${says}`, () => {
    const { see, evidence, texts } = openStream(def)
    if (before !== undefined) see(before)
    const at = texts().length
    see(found, slice)
    assert.equal(texts().length - at, after !== undefined || isLate === true ? 0 : 1)
    if (after !== undefined) see(after)
    evidence.end()
    assert.match(texts()[at] ?? '', out)
    assert.equal(texts().length, [found, before, after].filter(one => one !== undefined).length || 1)
  })
