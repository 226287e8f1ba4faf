import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Printed } from '../harness/program.ts'
import { configBreaks, streamBreaks } from './compatible.ts'
import { broken, SPEC_RULES } from './spec-rules.ts'

const variant = (kind: string, more: object = {}) => ({
  properties: { kind: { type: 'string', const: kind }, ...more },
})
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
})

const CONFIGS: ReadonlyArray<{ says: string; before: Printed; after: Printed; breaks: string[] }> = [
  { says: 'a new field', before: object({}), after: object({ a: { type: 'string' } }), breaks: [] },
  {
    says: 'a new required field',
    before: object({ a: {} }),
    after: object({ a: {} }, ['a']),
    breaks: ['the config now requires a'],
  },
  {
    says: 'a field taken away',
    before: object({ a: {} }),
    after: object({}),
    breaks: ['the config no longer has a'],
  },
  {
    says: 'a narrower type',
    before: object({ a: { type: ['string', 'null'] } }),
    after: object({ a: { type: 'string' } }),
    breaks: ['a may no longer be null'],
  },
  {
    says: 'a choice taken away',
    before: object({ a: { enum: ['x', 'y'] } }),
    after: object({ a: { enum: ['x'] } }),
    breaks: ['a may no longer be y'],
  },
  {
    says: 'a choice where there was freedom',
    before: object({ a: {} }),
    after: object({ a: { enum: ['x'] } }),
    breaks: ['a may no longer be anything'],
  },
  {
    says: 'a tighter bound',
    before: object({ a: { maximum: 9 } }),
    after: object({ a: { maximum: 5 } }),
    breaks: ['the greatest value of a fell to 5'],
  },
  {
    says: 'a kind taken away',
    before: object({ a: { oneOf: [variant('p'), variant('q')] } }),
    after: object({ a: { oneOf: [variant('q')] } }),
    breaks: ['a can no longer be p'],
  },
  {
    says: 'a field of a kind taken away',
    before: object({ a: { oneOf: [variant('p', { b: {} })] } }),
    after: object({ a: { oneOf: [variant('p')] } }),
    breaks: ['a of kind p no longer has b'],
  },
]

for (const { says, before, after, breaks } of CONFIGS) {
  test(`the comparison with the last release sees ${says}`, () =>
    assert.deepEqual(configBreaks(before, after), breaks))
}

test('the comparison with the last release sees what streams lose', () => {
  const calls = {
    key: ['id'],
    cursor: 'at',
    modes: ['full_refresh', 'incremental'],
    columns: { id: ['string'] },
  }
  assert.deepEqual(
    streamBreaks('calls', calls, { ...calls, columns: { ...calls.columns, more: ['string'] } }),
    [],
  )
  assert.deepEqual(streamBreaks('calls', calls, undefined), ['stream calls is gone'])
  assert.deepEqual(
    streamBreaks('calls', calls, {
      key: ['no'],
      cursor: undefined,
      modes: ['full_refresh'],
      columns: { id: ['integer'] },
    }),
    [
      'the key of calls is now no',
      'the cursor of calls is now undefined',
      'calls no longer offers incremental',
      'column calls.id was string and is integer',
    ],
  )
})

const WRONG: Readonly<Record<string, Printed>> = {
  'every enum has different values': { enum: ['a', 'a'] },
  'every oneOf stands in an object whose variants share one constant': {
    type: 'object',
    oneOf: [variant('p'), variant('p')],
  },
  'what is named like a secret is marked as one': object({ api_token: { type: 'string' } }),
  'a list of types is one type and null': { type: ['string', 'integer'] },
  'every array says of what': { type: 'array' },
  'no object is without properties': { type: 'object' },
  'no keyword is used that the form cannot show': { anyOf: [] },
  'every date has a pattern': { type: 'string', format: 'date' },
  'nothing forbids further properties': { additionalProperties: false },
  'every field has a title and a description': object({ a: { type: 'string' } }),
  'no two fields of an object claim the same place': object({ a: { order: 1 }, b: { order: 1 } }),
}

for (const { says, holds } of SPEC_RULES) {
  test(`the rule that ${says} is broken by a spec that breaks it`, () =>
    assert.notDeepEqual(broken({ connectionSpecification: WRONG[says] }, holds), []))
}
