import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { surveyTable } from '../../src/commands/survey/table.ts'
import { startAccount, surveyOf } from '../harness/survey.ts'

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
    assert.ok(planted.answers() > 90, 'everything was asked through what plants')
    const said = `${JSON.stringify(found)}\n${surveyTable(found)}`
    const leaks = Object.values(PLANTED).filter(value =>
      said.toLowerCase().includes(String(value).toLowerCase()),
    )
    assert.deepEqual(leaks, [])
    assert.ok(values.size > 1000, `${values.size} values to look for`)
    assert.deepEqual(
      [...values].filter(value => said.includes(value)),
      [],
    )
    assert.ok(!said.includes(planted.url) && !said.includes('127.0.0.1'), 'no origin')
  })

/** A server before the simulator that plants. Collects the texts and numbers of records that could only be theirs. */
async function plant(origin: string, values: Set<string>) {
  let answers = 0
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = new Headers()
    for (const name of ['authorization', 'content-type'])
      if (request.headers[name] !== undefined) headers.set(name, String(request.headers[name]))
    const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks).toString() }
    const answer = await fetch(`${origin}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...body,
    })
    const json = await answer.json()
    const isToken = request.url === '/oauth/token'
    if (!isToken) collect(json, values)
    answers += 1
    response.writeHead(answer.status, {
      date: answer.headers.get('date') ?? '',
      'content-type': 'application/json',
      'x-organisation': PLANTED.word,
      [`x-${PLANTED.word}-limit`]: '12',
      'x-ratelimit-limit': PLANTED.word,
      'x-ratelimit-remaining': String(PLANTED.digits),
    })
    response.end(JSON.stringify(isToken ? json : planting(json, answer.status)))
  }
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: () => answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
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
