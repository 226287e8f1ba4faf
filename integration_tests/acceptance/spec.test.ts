import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { configBreaks } from './compatible.ts'
import { run } from './connector.ts'
import { fixture } from './fixtures.ts'
import { broken, SPEC_RULES } from './spec-rules.ts'

describe('the spec', async () => {
  const { messages, code } = await run(['spec'])
  const spec = messages[0]?.spec

  test('is one message, and the committed snapshot', async () => {
    assert.deepEqual([messages.length, code], [1, 0])
    assert.deepEqual(spec, await fixture('spec.json'))
  })

  for (const { says, holds } of SPEC_RULES) test(says, () => assert.deepEqual(broken(spec, holds), []))

  test('accepts the test configs, and a date only as its pattern shows it', async () => {
    const ajv = new Ajv({ strict: false })
    formats.default(ajv)
    const isValid = ajv.compile(spec.connectionSpecification)
    for (const name of ['config.json', 'config_access_token.json', 'invalid_config.json'])
      assert.ok(isValid(await fixture(name)), JSON.stringify(isValid.errors))
    assert.equal(isValid({ ...(await fixture('config.json')), start_date: 'May 1st' }), false)
  })

  test('accepts every config that the last release accepted', async () => {
    const before = await fixture('released/spec.json')
    assert.deepEqual(configBreaks(before.connectionSpecification, spec.connectionSpecification), [])
  })
})
