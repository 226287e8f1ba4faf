import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutationsOf } from './mutations.ts'

const ROWS: ReadonlyArray<{ says: string; source: string; becomes: readonly string[] }> = [
  { says: 'a comparison is loosened and turned', source: 'a < b', becomes: ['a <= b', 'a >= b', ';'] },
  { says: 'an equality is turned', source: 'f = a === b', becomes: ['f = a !== b'] },
  { says: 'a condition is negated', source: 'if (a) b = c', becomes: ['if (!(a)) b = c'] },
  { says: 'a negation is dropped', source: 'f = !a', becomes: ['f = a'] },
  { says: 'a choice is negated', source: 'f = a ? b : c', becomes: ['f = !(a) ? b : c'] },
  { says: 'a number is one more', source: 'f = 41', becomes: ['f = 42'] },
  { says: 'a word is emptied', source: "f = 'a'", becomes: ["f = ''"] },
  { says: 'an empty text gets a word', source: "f = ''", becomes: ["f = 'mutated'"] },
  { says: 'a truth is turned', source: 'f = true', becomes: ['f = false'] },
  { says: 'a call is left out', source: 'f()', becomes: [';'] },
  { says: 'a sum is a difference', source: 'f += a', becomes: ['f -= a'] },
  { says: 'the operator between brackets is found', source: 'f = (a) && (b)', becomes: ['f = (a) || (b)'] },
  { says: 'sentences stay', source: "f = 'a sentence'", becomes: [] },
  { says: 'imports stay', source: "import { a } from './b.ts'", becomes: [] },
  { says: 'keys stay', source: "f = { 'a': b }", becomes: [] },
]

for (const { says, source, becomes } of ROWS) {
  test(says, () =>
    assert.deepEqual(
      mutationsOf(source)
        .map(({ text }) => text)
        .sort(),
      [...becomes].sort(),
    ),
  )
}

test('types are gone, and the line is that of the source', () => {
  const [only, ...others] = mutationsOf('type A = 1 | 2\n\nexport const f = (a: A): boolean => a === b')
  assert.deepEqual([others, only?.line, only?.from, only?.to], [[], 3, '===', '!=='])
})
