import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configError } from '../../errors.ts'
import { createSuspicions } from './suspicions.ts'
import type { Verdict } from './verdict.ts'

const wrong = (of: string) => ({ of, mistake: configError(`${of} is wrong`) })

function suspect(known?: readonly string[]) {
  const told: (string | undefined)[] = []
  const suspicions = createSuspicions(known)
  const settle = (verdict: Verdict | undefined) =>
    void told.push(
      verdict?.received === false ? `${verdict.because}: ${verdict.error.message}` : verdict?.because,
    )
  return {
    told,
    end: suspicions.end,
    proven: suspicions.proven,
    take: (...signs: Parameters<typeof suspicions.take>[0]) => suspicions.take(signs, settle),
  }
}

test('a slice without signs, or whose signs are good, is settled at once', () => {
  const { told, take } = suspect()
  take()
  take({ of: 'path' })
  assert.deepEqual(told, [undefined, undefined])
})

test('a slice that points to a mistake waits, and is settled as soon as another shows that there is none', () => {
  const { told, take } = suspect()
  take(wrong('path'))
  assert.deepEqual(told, [])
  take({ of: 'path' })
  assert.deepEqual(told, [undefined, undefined])
  take(wrong('path'))
  assert.equal(told.length, 3)
})

test('what nothing has shown to be right by the end is a mistake', () => {
  const { told, take, end } = suspect()
  take(wrong('path'), wrong('key'))
  take({ of: 'path' })
  end()
  end()
  assert.deepEqual(told, [undefined, 'mistaken: key is wrong'])
})

test('a slice that points to two mistakes waits until both are shown to be none', () => {
  const { told, take } = suspect()
  take(wrong('path'), wrong('key'))
  take({ of: 'path' })
  assert.deepEqual(told, [undefined])
  take({ of: 'path' }, { of: 'key' })
  assert.deepEqual(told, [undefined, undefined, undefined])
})

test('what was right before is right', () => {
  const { told, take } = suspect(['path'])
  take(wrong('path'))
  assert.deepEqual(told, [undefined])
})

test('what says where the records are stays proven, before and now', () => {
  const { proven, take } = suspect(['data_path'])
  assert.deepEqual(proven(), ['data_path'])
  take({ of: 'filter' }, { of: 'total_path' }, wrong('key'))
  assert.deepEqual(proven(), ['data_path', 'filter'])
  assert.deepEqual(suspect(['total_path']).proven(), [])
})
