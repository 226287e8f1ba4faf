import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { things } from '../testing.ts'
import { nothingSeen, sampleIn } from './sampler.ts'

const allGone = (parts: number) => configError(`${parts} gone`)
const described = things({ mistakes: { allGone } as unknown as Mistakes })

const rows: readonly { says: string; parts: number; gone: number; out: string | undefined }[] = [
  { says: 'no parts at all', parts: 0, gone: 0, out: undefined },
  { says: 'one part that is gone', parts: 1, gone: 1, out: '1 gone' },
  { says: 'one part that is there', parts: 1, gone: 0, out: undefined },
  { says: 'one of two gone', parts: 2, gone: 1, out: undefined },
  { says: 'both of two gone', parts: 2, gone: 2, out: '2 gone' },
]

for (const { says, parts, gone, out } of rows)
  test(`a described stream with ${says} is ${out === undefined ? 'not ' : ''}mistaken`, () => {
    const seen = nothingSeen(0)
    seen.parts = parts
    seen.tally.gone = gone
    assert.equal(sampleIn(seen, described, 5).mistake?.message, out)
    assert.equal(sampleIn(seen, things(), 5).mistake, undefined, 'one that nobody described is not')
  })
