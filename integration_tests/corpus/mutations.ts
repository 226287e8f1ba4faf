/** Numbers from 0 up to 1, the same for a seed on every machine (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
type Change = (bytes: Buffer, at: number, random: Random, others: readonly Buffer[]) => Buffer

/** Bytes and words at which readers of JSON go different ways. */
const WORDS = [
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\n',
    '\t',
    '0',
    '9',
    '-',
    '.',
    'e',
    'E',
    '+',
    'u',
    '\0',
    '\u007f',
  ],
  ...[
    '\\u0041',
    '\\ud800',
    '\\udc00',
    '\\ud83d\\ude00',
    '\\n',
    '\\"',
    'null',
    'true',
    'NaN',
    '1e400',
    '1e-400',
    '1e99',
  ],
  ...[
    '9007199254740993',
    '0.1234567890123456789',
    '""',
    '{}',
    '[]',
    '"id":',
    '"items":',
    '"state":"x",',
    '"duration":',
  ],
  ...['2026-01-31T12:00:00Z', '2026-02-30T', '00', '13', '60', 'ü', '😀', '\u2028', '\ufeff'],
].map(word => Buffer.from(word))
const BROKEN = [
  Buffer.from([0xff]),
  Buffer.from([0xc3]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0x80]),
]

const upTo = (random: Random, count: number) => Math.floor(random() * count)

function pick<T>(random: Random, all: readonly [T, ...T[]] | readonly T[]): T {
  return all[upTo(random, all.length)] as T
}

function spliced(bytes: Buffer, at: number, taken: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + taken)])
}

/** Values that any field may get. */
const VALUES = [
  ...[
    'null',
    'true',
    '0',
    '-0',
    '1.0',
    '1e2',
    '1e99',
    '1e400',
    '9007199254740993',
    '1769860800',
    '"1769860800000"',
    '""',
  ],
  ...[
    '"x"',
    '"12"',
    '"007"',
    '"\\u0041"',
    '"\\ud800"',
    '"\\ud83d\\ude00"',
    '[]',
    '{}',
    '{"a":1,"a":2}',
    '[1e400]',
    '"ü"',
  ],
  ...[
    '"2026-01-31T12:00:00Z"',
    '"2026-02-30T12:00:00Z"',
    '"2026-01-31T12:00:00+02:00"',
    '"2026-01-31 12:00"',
    '1e-400',
  ],
].map(word => Buffer.from(word))
const FIELDS = [
  'id',
  'duration',
  'state',
  'tags',
  'file',
  'dateCreated',
  'fresh',
  '',
  'items',
  'st\\u0061te',
].map(name => Buffer.from(JSON.stringify(name).replaceAll('\\\\', '\\')))
const COLON = 0x3a
const QUOTE = 0x22
const END_OF_VALUE = Buffer.from(',}]')

/** A value in place of the one that follows the next colon. */
function revalued(bytes: Buffer, at: number, random: Random): Buffer {
  const start = bytes.indexOf(COLON, at) + 1
  if (start === 0) return bytes
  let end = start
  while (end < bytes.length && !END_OF_VALUE.includes(bytes[end] ?? 0)) end++
  return spliced(bytes, start, end - start, pick(random, VALUES))
}

/** One more field before the next colon's. */
function oneMoreField(bytes: Buffer, at: number, random: Random): Buffer {
  const colon = bytes.indexOf(COLON, at)
  const start = bytes.lastIndexOf(QUOTE, bytes.lastIndexOf(QUOTE, colon) - 1)
  if (colon < 0 || start < 0) return bytes
  return spliced(
    bytes,
    start,
    0,
    Buffer.concat([pick(random, FIELDS), Buffer.from(':'), pick(random, VALUES), Buffer.from(',')]),
  )
}

/** Another digit for the next one. */
function redigited(bytes: Buffer, at: number, random: Random): Buffer {
  let place = at
  while (place < bytes.length && !/\d/.test(String.fromCharCode(bytes[place] ?? 0))) place++
  return spliced(bytes, place, 1, Buffer.from(String(upTo(random, 10))))
}

/** What is done to a body at a place, in equal measure. */
const CHANGES: readonly Change[] = [
  ...[revalued, oneMoreField, redigited],
  ...[revalued, oneMoreField, redigited],
  (bytes, at, random) => spliced(bytes, at, 1, Buffer.from([upTo(random, 256)])),
  (bytes, at, random) => spliced(bytes, at, 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << upTo(random, 8))])),
  (bytes, at, random) => spliced(bytes, at, 0, pick(random, WORDS)),
  (bytes, at, random) => spliced(bytes, at, 1 + upTo(random, 4), pick(random, WORDS)),
  (bytes, at, random) => spliced(bytes, at, 0, pick(random, BROKEN)),
  (bytes, at, random) => spliced(bytes, at, 1 + upTo(random, 8), Buffer.alloc(0)),
  (bytes, at, random) => spliced(bytes, at, 0, bytes.subarray(at, at + 1 + upTo(random, 40))),
  (bytes, at, random) => {
    const from = upTo(random, bytes.length)
    return spliced(bytes, at, 0, bytes.subarray(from, from + 1 + upTo(random, 40)))
  },
  (bytes, at, random, others) => {
    const other = pick(random, others)
    const from = upTo(random, other.length)
    return spliced(bytes, at, upTo(random, 20), other.subarray(from, from + 1 + upTo(random, 60)))
  },
  (bytes, at, random) => (random() < 0.2 ? bytes.subarray(0, at) : spliced(bytes, at, 1, Buffer.alloc(0))),
]

/** Mostly one or two, so that much of what comes is JSON. */
const MOST_CHANGES = 4

/** A body with some bytes changed. */
export function mutated(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let changed = bytes
  for (let left = 1 + Math.floor(random() ** 3 * MOST_CHANGES); left > 0; left--) {
    changed = pick(random, CHANGES)(changed, upTo(random, changed.length + 1), random, others)
  }
  return changed
}
