import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import type { Mistakes } from '../stream/mistakes.ts'
import { createParts, type Parts } from './parts.ts'
import type { Verdict } from './verdict.ts'

/** What became of the parts that waited for a verdict, in the order in which they were told. */
function judge(
  work: (parts: Parts, tell: (name: string) => (verdict: Verdict) => void) => void,
  isGiven = false,
  mistakes?: Mistakes,
) {
  const told: string[] = []
  const verdicts: Verdict[] = []
  const tell = (name: string) => (verdict: Verdict) => {
    verdicts.push(verdict)
    told.push(`${name} ${verdict.received ? 'received' : 'open'}: ${verdict.because}`)
  }
  work(createParts('logs', isGiven, mistakes), tell)
  return { told, verdicts }
}

test('a parent that is gone is believed as soon as another one is there', () => {
  const { told } = judge((parts, tell) => {
    parts.gone(tell('a'))
    parts.gone(tell('b'))
    parts.gone(tell('c'))
    parts.sawReceived()
    parts.gone(tell('d'))
    parts.end()
  })
  assert.deepEqual(
    told,
    ['a', 'b', 'c', 'd'].map(name => `${name} received: gone`),
  )
})

test('nobody is told anything while all parents so far are gone', () => {
  const { told } = judge((parts, tell) => {
    parts.gone(tell('a'))
    parts.sawOwn()
  })
  assert.deepEqual(told, [])
})

test('two parents may be all there were', () => {
  const { told } = judge((parts, tell) => {
    parts.gone(tell('a'))
    parts.gone(tell('b'))
    parts.end()
  })
  assert.deepEqual(told, ['a received: gone', 'b received: gone'])
})

for (const [isGiven, failure, says] of [
  [
    false,
    'transient_error',
    'Stream logs was not received: the API says of every parent that it lists that it is gone (404). The sync can be tried again.',
  ],
  [
    true,
    'config_error',
    'None of the ids that the config names for stream logs exists (404 for each). Correct the ids, or leave them out.',
  ],
] as const) {
  test(`that all of three parents are gone is not believed: a ${failure}`, () => {
    const { told, verdicts } = judge((parts, tell) => {
      for (const name of ['a', 'b', 'c']) parts.gone(tell(name))
      parts.end()
    }, isGiven)
    assert.deepEqual(
      told,
      ['a', 'b', 'c'].map(name => `${name} open: all gone`),
    )
    const [first] = verdicts
    assert.ok(first?.received === false)
    assert.deepEqual([first.error.failure, first.error.message], [failure, says])
  })
}

test('where a person described the stream, a single part that is gone is a mistake of theirs, unless another is there', () => {
  const wrong = (parts: number) => configError(`${parts} are gone.`)
  const mistakes = { allGone: wrong } as Mistakes
  const { told, verdicts } = judge(
    (parts, tell) => {
      parts.gone(tell('a'))
      parts.end()
    },
    false,
    mistakes,
  )
  assert.deepEqual(told, ['a open: mistaken'])
  assert.deepEqual(verdicts, [{ received: false, because: 'mistaken', error: wrong(1) }])
  const other = judge(
    (parts, tell) => {
      parts.gone(tell('a'))
      parts.sawReceived()
      parts.end()
    },
    false,
    mistakes,
  )
  assert.deepEqual(other.told, ['a received: gone'])
})

test('rows of other parents are left alone as soon as a part has rows of its own', () => {
  const { told } = judge((parts, tell) => {
    parts.foreign(tell('a'))
    parts.sawReceived()
    parts.sawOwn()
    parts.foreign(tell('b'))
    parts.end()
  })
  assert.deepEqual(told, ['a received: end seen', 'b received: end seen'])
})

test('where no part has rows of its own, the spelling of parents is not understood', () => {
  const { told, verdicts } = judge((parts, tell) => {
    parts.foreign(tell('a'))
    parts.end()
  })
  assert.deepEqual(told, ['a open: other parents'])
  const [first] = verdicts
  assert.ok(first?.received === false)
  assert.equal(first.error.failure, 'transient_error')
  assert.match(
    first.error.message,
    /^Stream logs was not received: all the rows that came name other parents/,
  )
})

test('a verdict is final', () => {
  const { told } = judge((parts, tell) => {
    parts.end()
    parts.sawReceived()
    parts.gone(tell('late'))
    parts.end()
  })
  assert.deepEqual(told, ['late received: gone'])
})
