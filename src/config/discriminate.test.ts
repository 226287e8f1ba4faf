import assert from 'node:assert/strict'
import { test } from 'node:test'
import { discriminated, tagOf } from './discriminate.ts'
import spec from './spec.json' with { type: 'json' }

const variant = (kind: string) => ({ required: ['kind'], properties: { note: {}, kind: { const: kind } } })

test('the tag is the property that has a constant', () => {
  assert.equal(tagOf([variant('a'), variant('b')]), 'kind')
})

test('variants without a constant have no tag', () => {
  assert.equal(tagOf([{ properties: { note: { type: 'string' } } }]), undefined)
  assert.equal(tagOf([{ type: 'string' }]), undefined)
  assert.equal(tagOf([]), undefined)
})

test('a oneOf with a tag gets a discriminator, however deep it lies', () => {
  const oneOf = [variant('a'), variant('b')]
  assert.deepEqual(discriminated({ properties: { x: { items: { title: 'X', oneOf } } } }), {
    properties: { x: { items: { title: 'X', oneOf, discriminator: { propertyName: 'kind' } } } },
  })
})

test('a oneOf without a tag stays as it is', () => {
  const schema = { oneOf: [{ type: 'string' }, { type: 'null' }] }
  assert.deepEqual(discriminated(schema), schema)
})

test('the spec that users see is not changed', () => {
  const before = JSON.stringify(spec)
  const schema = JSON.stringify(discriminated(spec.connectionSpecification))
  assert.match(schema, /"discriminator":\{"propertyName":"auth_type"\}/)
  assert.equal(JSON.stringify(spec), before)
})
