import assert from 'node:assert/strict'
import { test } from 'node:test'
import { surveyTable } from '../../src/commands/survey/table.ts'
import { type Behind, startFront } from '../harness/front.ts'
import { runProgram } from '../harness/program.ts'
import { startAccount, surveyOf } from '../harness/survey.ts'
import { configFor } from '../harness/sync.ts'

/** Personal data is planted in every answer, wherever it can be, and looked for in all that a survey says. */
const PLANTED = {
  name: 'Anna Plantenberg',
  word: 'plantenberg',
  code: 'ANNA_PLANTENBERG',
  number: '+491701234567',
  digits: 491701234567,
  key: 'plantedSecretKey',
} as const

for (const [says, faults] of [
  ['answers', ''],
  ['refusals', 'every-429:9,no-scim'],
] as const)
  test(`nothing that is planted in ${says} is in what a survey says, nor is any value of a record`, async () => {
    await using simulator = await startAccount({ faults })
    const values = new Set<string>()
    await using planted = await plant(simulator.url, values)
    const found = await surveyOf(planted)
    assert.ok(planted.requests() > 90, 'everything was asked through what plants')
    const said = `${JSON.stringify(found)}\n${surveyTable(found)}`
    const leaks = Object.values(PLANTED).filter(value =>
      said.toLowerCase().includes(String(value).toLowerCase()),
    )
    assert.deepEqual(leaks, [])
    assert.ok(values.size > 1000, `${values.size} values to look for`)
    // Whole hours are the survey's own; of the first hour of a day, records of days tell the same.
    const own: readonly string[] = [found.asked_at, ...found.settling.map(({ hour }) => hour)]
    assert.deepEqual(
      [...values].filter(value => said.includes(value) && !own.includes(value)),
      [],
    )
    assert.ok(!said.includes(planted.url) && !said.includes('127.0.0.1'), 'no origin')
  })

const REFUSING: readonly { says: string; refuses: (behind: Behind) => boolean; status: number }[] = [
  { says: 'the sign-in is refused', refuses: ({ url }) => url === '/oauth/token', status: 401 },
  { says: 'the sign-in breaks', refuses: ({ url }) => url === '/oauth/token', status: 500 },
  { says: 'no token is accepted', refuses: ({ url }) => url !== '/oauth/token', status: 401 },
  { says: 'everything is forbidden', refuses: ({ url }) => url !== '/oauth/token', status: 403 },
  { says: 'everything leads elsewhere', refuses: ({ url }) => url !== '/oauth/token', status: 302 },
]

for (const { says, refuses, status } of REFUSING)
  test(`nothing that is planted is on the terminal where ${says}, in whatever log`, async () => {
    await using simulator = await startAccount()
    await using refusing = await startFront(simulator.url, behind =>
      refuses(behind)
        ? { status, headers: { location: `/${PLANTED.word}` }, json: planting({}, status) }
        : {},
    )
    const ended = await runProgram(['survey', '--config', 'config.json'], {
      files: { 'config.json': configFor(refusing, { requests_per_second: 200 }) },
      env: { LOG_LEVEL: 'debug' },
    })
    const said = `${ended.stdout}${ended.stderr}`.toLowerCase()
    assert.deepEqual(
      Object.values(PLANTED).filter(value => said.includes(String(value).toLowerCase())),
      [],
    )
  })

test('a record that comes twice does not make its keys fields', async () => {
  await using simulator = await startAccount()
  await using doubling = await startFront(simulator.url, ({ url, json }) => {
    const { items } = json as { items?: unknown[] }
    if (!url.startsWith('/api/v2/') || !Array.isArray(items)) return {}
    const [first, ...others] = items
    const keyed = { ...(first as object), [PLANTED.key]: 1 }
    return { json: { ...(json as object), items: first === undefined ? [] : [keyed, keyed, ...others] } }
  })
  const found = await surveyOf(doubling)
  assert.ok(!JSON.stringify(found).includes(PLANTED.key))
  assert.equal(found.streams['agents']?.unnamed, 1)
})

/** A server before the simulator that plants. Collects the texts and numbers of records that could only be theirs. */
function plant(origin: string, values: Set<string>) {
  return startFront(origin, ({ url, status, json }) => {
    const isToken = url === '/oauth/token'
    if (!isToken) collect(json, values)
    return { headers: HEADERS, json: isToken ? json : planting(json, status) }
  })
}

const HEADERS = {
  'x-organisation': PLANTED.word,
  [`x-${PLANTED.word}-limit`]: '12',
  'x-ratelimit-limit': PLANTED.word,
  'x-ratelimit-remaining': String(PLANTED.digits),
}

/** The answer with names, numbers and keys planted in it: in each object once as a field that looks like one, and everywhere
 *  as keys that do not; the first record has more. */
function planting(json: unknown, status: number): unknown {
  if (status >= 400)
    return {
      ...(json as object),
      message: PLANTED.name,
      code: PLANTED.code,
      error_message: PLANTED.word,
      [PLANTED.name]: PLANTED.number,
      [PLANTED.number]: PLANTED.name,
      [PLANTED.key]: PLANTED.word,
    }
  let first = true
  const walk = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) return value.map(one => walk(one, depth + 1))
    if (typeof value !== 'object' || value === null) return value
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, depth + 1)]))
    const isFirst = first && depth > 0
    if (isFirst) first = false
    return {
      ...inner,
      [PLANTED.number]: PLANTED.name,
      [PLANTED.name]: PLANTED.digits,
      ...(isFirst || depth > 2 ? { [PLANTED.key]: PLANTED.word } : {}),
    }
  }
  return walk(json, 0)
}

/** Texts that only a record can hold: with a digit, a space or a letter beyond ASCII, and long enough to mean something. */
function collect(value: unknown, values: Set<string>): void {
  if (typeof value === 'string' && value.length > 8 && /[\d\u0080-\uffff ]/.test(value)) values.add(value)
  else if (typeof value === 'number' && value > 1e6) values.add(String(value))
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) collect(one, values)
}
