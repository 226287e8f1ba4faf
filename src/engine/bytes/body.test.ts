import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadBody } from '../../http/types.ts'
import { parseBody } from './body.ts'

const ROWS: ReadonlyArray<{ body: string; says: RegExp }> = [
  { body: '', says: /^it is empty$/ },
  { body: ' \n', says: /^it is empty$/ },
  { body: '<!DOCTYPE html><p>', says: /^it is an HTML page, not JSON \(it begins "<!DOCTYPE html><p>"\)$/ },
  { body: 'Not found', says: /^it is not JSON \(it begins "Not found"\)$/ },
  { body: '{"items":[{"id":"a"', says: /^its JSON is cut off or broken$/ },
  { body: '{"items":[{"id":"a NaN"', says: /^its JSON is cut off or broken$/ },
  { body: '{"items":[}', says: /^its JSON is cut off or broken$/ },
  ...['NaN', '-Infinity', 'Infinity', 'undefined', 'None', 'True', 'nan', 'inf'].map(word => ({
    body: `{"items":[{"id":"a","load": ${word} }]}`,
    says: new RegExp(`^it is not JSON: it holds ${word}, which JSON does not know$`),
  })),
  { body: '[NaN]', says: /it holds NaN/ },
  ...['{"id":1}\n{"id":2}\n', '{"id":1}\r\n\r\n{"id":', '[1]\n [2]'].map(body => ({
    body,
    says: /^it is JSON Lines \(one document a line\), not one JSON document\. That is not read: ask the API for one list$/,
  })),
  ...['{"id":1}\nnothing', '{"id":1}}', '{"id":\n{"id":2}', '[\n{"id":1},\n{'].map(body => ({
    body,
    says: /^its JSON is cut off or broken$/,
  })),
  { body: '[1,NaN,2]', says: /it holds NaN/ },
]

for (const [says, body] of [
  ['lists', `{"items":${'['.repeat(2000)}${']'.repeat(2000)}}`],
  ['objects', `${'{"a":'.repeat(2001)}1${'}'.repeat(2001)}`],
  ['lists around a number of many digits', `${'['.repeat(1e5)}9007199254740993${']'.repeat(1e5)}`],
  ['a hundred thousand', `${'['.repeat(1e5)}${']'.repeat(1e5)}`],
] as const) {
  test(`more than two thousand levels are a system_error: ${says}`, () => {
    assert.throws(() => parseBody({ bytes: Buffer.from(body) }), {
      failure: 'system_error',
      message: /nested thousands of levels deep/,
    })
  })
}

test('two thousand levels are an answer', () => {
  const body = `${'['.repeat(2000)}${']'.repeat(2000)}`
  assert.equal(JSON.stringify(parseBody({ bytes: Buffer.from(body) })), body)
})

for (const { body, says } of ROWS) {
  test(`${JSON.stringify(body)} is no answer: ${says.source}`, () => {
    assert.throws(
      () => parseBody({ bytes: Buffer.from(body) }),
      (error: Error) => error instanceof BadBody && says.test(error.message),
    )
  })
}

test('JSON is read with all of its digits', () => {
  assert.equal(JSON.stringify(parseBody({ bytes: Buffer.from('[9007199254740993]') })), '[9007199254740993]')
})

test('bytes that are no letters are read as U+FFFD', () => {
  assert.equal(parseBody({ bytes: Buffer.from([0x22, 0xff, 0x22]) }), '\ufffd')
})
