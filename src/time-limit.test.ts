import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectorError } from './errors.ts'
import { withinTime } from './time-limit.ts'

const globals = () => Reflect.ownKeys(globalThis)
const before = globals()

/** More time than any work takes here that ends. */
const AMPLE_MS = 600_000

/** Takes 2^length steps on text of `a`s. */
const catastrophic = () => /^(a+)+$/.test(`${'a'.repeat(60)}!`)

/** Endless work, each of its kind. */
const ENDLESS: readonly { says: string; work: () => unknown }[] = [
  { says: 'a regular expression', work: catastrophic },
  {
    says: 'a loop',
    work: () => {
      for (;;);
    },
  },
  {
    says: 'a loop that catches everything',
    work: () => {
      for (;;) {
        try {
          JSON.parse('{')
        } catch {}
      }
    },
  },
  { says: 'sorting', work: () => [...Array(100).keys()].sort(() => (catastrophic() ? 1 : 0)) },
]

for (const { says, work } of ENDLESS) {
  test(`${says} is ended when its time is over, with an error for the user`, () => {
    assert.throws(() => withinTime(50, 'The path $..x', work), {
      name: 'ConnectorError',
      failure: 'config_error',
      message: /^The path \$\.\.x takes too long: it was stopped after 0\.05 seconds\. Simplify it/,
    })
    assert.deepEqual(globals(), before)
  })
}

test('what work gives comes back as it is, undefined included', () => {
  const given = { a: [1] }
  assert.equal(
    withinTime(AMPLE_MS, 'it', () => given),
    given,
  )
  assert.equal(
    withinTime(AMPLE_MS, 'it', () => undefined),
    undefined,
  )
})

test('what work throws comes through unchanged, whatever it is', () => {
  const timeout = Object.assign(new Error('from elsewhere'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' })
  for (const thrown of [new TypeError('no'), timeout, 'text', undefined]) {
    assert.equal(
      thrownBy(() =>
        withinTime(AMPLE_MS, 'it', () => {
          throw thrown
        }),
      ),
      thrown,
    )
  }
  assert.deepEqual(globals(), before)
})

test('a stack that overflows is the error that it always was', () => {
  const deep = (): number => deep() + 1
  assert.ok(thrownBy(() => withinTime(AMPLE_MS, 'it', deep)) instanceof RangeError)
})

test('work within a time limit may run work within another', () => {
  const sum = withinTime(
    AMPLE_MS,
    'outer',
    () => withinTime(AMPLE_MS, 'inner', () => 1) + withinTime(AMPLE_MS, 'inner', () => 2),
  )
  assert.equal(sum, 3)
})

test('the shorter time counts, and the error names whose it was', () => {
  const inner = thrownBy(() => withinTime(AMPLE_MS, 'outer', () => withinTime(50, 'inner', catastrophic)))
  assert.match(String(inner), /inner takes too long/)
  const outer = thrownBy(() => withinTime(50, 'outer', () => withinTime(AMPLE_MS, 'inner', catastrophic)))
  assert.match(String(outer), /outer takes too long/)
  assert.deepEqual(globals(), before)
})

test('outer work goes on when inner work was ended and it catches that', () => {
  const caught = withinTime(AMPLE_MS, 'outer', () => thrownBy(() => withinTime(50, 'inner', catastrophic)))
  assert.ok(caught instanceof ConnectorError)
})

test('nothing is left on globalThis while the work runs', () => {
  assert.deepEqual(withinTime(AMPLE_MS, 'it', globals), before)
})

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  assert.fail('nothing was thrown')
}
