import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reply, scripted } from '../testing.ts'
import type { Reply } from '../types.ts'
import { inUtf8 } from './charset.ts'

const TEXT = '{"name":"Müller €"}'
const wide = (text: string) => Buffer.from(text, 'utf16le')
const swapped = (text: string) => wide(text).swap16()
const latin = (text: string) => Buffer.from(text, 'latin1')
const json = (charset: string) => `application/json; charset=${charset}`
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`

interface Row {
  readonly says: string
  readonly bytes: Buffer
  readonly type?: string
  readonly text: string
}

const READ: readonly Row[] = [
  { says: 'UTF-8', bytes: Buffer.from(TEXT), text: TEXT },
  { says: 'UTF-8 that the header names', bytes: Buffer.from(TEXT), type: json('UTF-8'), text: TEXT },
  { says: 'UTF-8 as others spell it', bytes: Buffer.from(TEXT), type: json('"utf8"'), text: TEXT },
  {
    says: 'UTF-8 under a name that nobody knows',
    bytes: Buffer.from(TEXT),
    type: json('utf8mb4'),
    text: TEXT,
  },
  { says: 'what is called ASCII and is not', bytes: Buffer.from(TEXT), type: json('us-ascii'), text: TEXT },
  { says: 'UTF-8 behind a mark', bytes: Buffer.from(`\ufeff${TEXT}`), text: TEXT },
  {
    says: 'UTF-8 behind a mark, whatever the header says',
    bytes: Buffer.from(`\ufeff${TEXT}`),
    type: json('latin1'),
    text: TEXT,
  },
  { says: 'UTF-16 behind a mark', bytes: wide(`\ufeff${TEXT}`), type: json('utf-16'), text: TEXT },
  { says: 'UTF-16 behind a mark, the other way round', bytes: swapped(`\ufeff${TEXT}`), text: TEXT },
  { says: 'UTF-16 without a mark', bytes: wide(TEXT), type: json('utf-16'), text: TEXT },
  {
    says: 'UTF-16 without a mark, the other way round',
    bytes: swapped(TEXT),
    type: json('utf-16'),
    text: TEXT,
  },
  { says: 'UTF-16 of which nothing tells', bytes: wide(TEXT), text: TEXT },
  { says: 'what is called UTF-16 and is not', bytes: Buffer.from(TEXT), type: json('utf-16'), text: TEXT },
  { says: 'Latin 1', bytes: latin('"é"'), type: json('ISO-8859-1'), text: '"é"' },
  {
    says: 'Latin 1 with other parameters around',
    bytes: latin('"é"'),
    type: 'application/json;v=1; Charset = latin1 ;q=1',
    text: '"é"',
  },
  {
    says: 'Windows 1252, as browsers take Latin 1',
    bytes: latin('"\x80"'),
    type: json('iso-8859-1'),
    text: '"€"',
  },
  { says: 'Windows 1251', bytes: Buffer.from([0x22, 0xcf, 0x22]), type: json('windows-1251'), text: '"П"' },
  { says: 'Shift JIS', bytes: Buffer.from([0x22, 0x83, 0x65, 0x22]), type: json('Shift_JIS'), text: '"テ"' },
  { says: 'GB 18030', bytes: Buffer.from([0x22, 0xd6, 0xd0, 0x22]), type: json('gb18030'), text: '"中"' },
  {
    says: 'what breaks off inside a letter',
    bytes: Buffer.from([0x22, 0x83]),
    type: json('Shift_JIS'),
    text: '"\ufffd',
  },
  {
    says: 'XML that declares Latin 1',
    bytes: latin(`${declared('ISO-8859-1')}<a>é</a>`),
    text: `${declared('ISO-8859-1')}<a>é</a>`,
  },
  {
    says: 'XML whose header says more than its declaration',
    bytes: Buffer.from(`${declared('latin1')}<a>é</a>`),
    type: 'text/xml; charset=utf-8',
    text: `${declared('latin1')}<a>é</a>`,
  },
  { says: 'XML in wide letters', bytes: wide('<a>é</a>'), text: '<a>é</a>' },
  { says: 'XML in wide letters, the other way round', bytes: swapped('<a>é</a>'), text: '<a>é</a>' },
  {
    says: 'XML that declares wide letters and has none',
    bytes: Buffer.from(`${declared('UTF-16')}<a>é</a>`),
    text: `${declared('UTF-16')}<a>é</a>`,
  },
  {
    says: 'no XML, though it speaks of an encoding',
    bytes: Buffer.from('"encoding=\'latin1\' é"'),
    text: '"encoding=\'latin1\' é"',
  },
  ...['ÿa', 'aÿ', 'þa', 'aþ', 'ÿÿ', 'þþ', 'ïa', 'ï»a'].map(text => ({
    says: `Latin 1 that looks like half a mark, ${text},`,
    bytes: latin(text),
    type: json('latin1'),
    text,
  })),
  { says: 'nothing', bytes: Buffer.alloc(0), text: '' },
  { says: 'one letter', bytes: Buffer.from('1'), text: '1' },
]

const answer = (bytes: Buffer, type?: string, status = 200): Reply => ({
  ...reply(status),
  bytes,
  headers: type === undefined ? {} : { 'content-type': type },
})
const request = { method: 'GET', path: '/x?token=secret' } as const
const read = (one: Reply) => inUtf8(scripted([one]).send)(request)

for (const { says, bytes, type, text } of READ) {
  test(`${says} is read`, async () => {
    assert.equal((await read(answer(bytes, type))).bytes.toString('utf8'), text)
  })
}

test('what is UTF-8 already is not copied, and can be released', async () => {
  const released: string[] = []
  for (const text of [TEXT, `\ufeff${TEXT}`]) {
    const bytes = Buffer.from(text)
    const one = await read({ ...answer(bytes), release: () => released.push(text) })
    assert.equal(one.bytes.buffer, bytes.buffer)
    one.release?.()
  }
  assert.equal(released.length, 2)
})

test('an answer in a charset that nobody knows is an error, which names it and keeps the query to itself', async () => {
  await assert.rejects(read(answer(latin('"é"'), json('utf-7'))), {
    failure: 'system_error',
    message:
      'The answer to GET /x is in the charset utf-7, which the connector cannot read. Ask the API for UTF-8.',
  })
})

test('an error in such a charset stays that error', async () => {
  for (const status of [400, 500]) {
    assert.equal((await read(answer(latin('é'), json('utf-7'), status))).status, status)
  }
  await assert.rejects(read(answer(latin('é'), json('utf-7'), 399)))
})
