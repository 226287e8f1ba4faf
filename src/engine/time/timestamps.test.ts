import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { momentOf, rfc3339 } from './timestamps.ts'

const AT = Date.parse('2024-05-01T12:00:00.000Z')

const rows = [
  { says: 'an ISO text is a moment', in: '2024-05-01T12:00:00Z', out: AT },
  { says: 'a text with an offset is the same moment', in: '2024-05-01T14:00:00.000+02:00', out: AT },
  { says: 'a number of ten digits counts seconds', in: AT / 1000, out: AT },
  { says: 'a number of thirteen digits counts milliseconds', in: AT, out: AT },
  { says: 'an empty text is none', in: '', out: undefined },
  { says: 'a word is none', in: 'soon', out: undefined },
  { says: 'null is none', in: null, out: undefined },
  { says: 'a switch is none', in: true, out: undefined },
  { says: 'what is absent is none', in: undefined, out: undefined },
]

for (const row of rows) test(row.says, () => assert.equal(momentOf(row.in), row.out))

test('a moment is written so that it is read again as the same', () => {
  fc.assert(fc.property(fc.nat(4_102_444_800_000), ms => assert.equal(momentOf(rfc3339(ms)), ms)))
})
