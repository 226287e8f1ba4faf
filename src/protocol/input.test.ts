import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, test } from 'node:test'
import { ConnectorError } from '../errors.ts'
import { readJsonFile } from './input.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'input-'))
})
after(() => rm(folder, { recursive: true }))

/** The path of a new file that holds this. */
async function fileOf(content: string | Buffer, name = 'config.json'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const good = [
  { says: 'an object', in: '{"a": [1, null]}', out: { a: [1, null] } },
  { says: 'a list', in: '[1]', out: [1] },
  { says: 'JSON with space around it', in: '\n {"a": 1}\r\n', out: { a: 1 } },
  { says: 'JSON after a byte order mark', in: '\uFEFF{"a": 1}', out: { a: 1 } },
]

for (const row of good) {
  test(`a file may hold ${row.says}`, async () =>
    assert.deepEqual(await readJsonFile(await fileOf(row.in), 'config'), row.out))
}

for (const name of ['config', 'config.txt', 'config.yaml', 'my config.JSON']) {
  test(`a file may be called ${name}`, async () =>
    assert.deepEqual(await readJsonFile(await fileOf('{"a": 1}', name), 'config'), { a: 1 }))
}

test('a relative path counts from the working directory', async () => {
  const path = relative(process.cwd(), await fileOf('{"a": 1}'))
  assert.deepEqual(await readJsonFile(path, 'config'), { a: 1 })
})

const example = ' Write it as JSON, e.g. {"key": "value"}.'
const bad = [
  { says: 'is empty', in: '', out: 'is empty; it must contain JSON.' },
  { says: 'contains only spaces', in: ' \n', out: 'is empty; it must contain JSON.' },
  { says: 'contains only a byte order mark', in: '\uFEFF', out: 'is empty; it must contain JSON.' },
  {
    says: 'ends too early',
    in: '{"password": "geheim',
    out: `is not JSON: the mistake is at line 1, column 21.${example}`,
  },
  {
    says: 'lacks a comma',
    in: '{\n  "password": "geheim"\n  "user": 1}',
    out: `is not JSON: the mistake is at line 3, column 3.${example}`,
  },
  {
    says: 'goes on after its end',
    in: '{"a": 1}\ngeheim',
    out: `is not JSON: the mistake is at line 2, column 1.${example}`,
  },
  {
    says: 'is nested without end',
    in: `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    out: `cannot be used: it is nested more than 2,000 levels deep.${example}`,
  },
  { says: 'holds bare words', in: '{"password": geheim}', out: `is not JSON.${example}` },
  { says: 'is YAML', in: 'password: geheim', out: `is not JSON.${example}` },
]

for (const row of bad) {
  test(`a file that ${row.says} is refused, and its content not quoted`, async () => {
    const path = await fileOf(row.in)
    await refuses(path, `The config file ${path} ${row.out}`)
  })
}

for (const [what, advice] of [
  ['catalog', 'Let discover --configured write one.'],
  ['state', 'Give what an earlier read has printed, or the state.json of a sync.'],
] as const)
  test(`a ${what} that is not JSON is refused with where to get one`, async () => {
    const path = await fileOf('{"a"', 'other.json')
    await assert.rejects(readJsonFile(path, what), (error: Error) => error.message.endsWith(`. ${advice}`))
  })

test('a file that does not exist is refused', async () => {
  const path = join(folder, 'none.json')
  const sentence = 'does not exist. Give the path of a file that this user may read.'
  await refuses(path, `The config file ${path} ${sentence}`)
})

test('a folder is refused', async () => {
  const sentence = 'cannot be read (EISDIR). Give the path of a file that this user may read.'
  await refuses(folder, `The config file ${folder} ${sentence}`)
})

test('the message names the role of the file', async () => {
  const path = join(folder, 'none.json')
  await assert.rejects(readJsonFile(path, 'catalog'), {
    message: /^The catalog file .*none\.json does not exist/,
  })
})

async function refuses(path: string, message: string): Promise<void> {
  await assert.rejects(readJsonFile(path, 'config'), (error: unknown) => {
    assert.ok(error instanceof ConnectorError)
    assert.deepEqual([error.failure, error.message], ['config_error', message])
    assert.doesNotMatch(`${error.message} ${error.stack}`, /geheim/)
    return true
  })
}
