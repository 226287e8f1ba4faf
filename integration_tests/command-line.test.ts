import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { parseConfiguredCatalog } from '@airbyte-protocol/types/validate'
import { startSimulator } from '../simulator/server.ts'
import { MAIN, runProgram } from './harness/program.ts'
import { configFor, errorsOf, read, recordsOf } from './harness/sync.ts'

test('discover --configured prints a catalog that read takes', async () => {
  await using simulator = await startSimulator({ calls: 40, agents: 7 })
  const files = { 'config.json': configFor(simulator) }
  const args = ['discover', '--config', 'config.json', '--configured', '--streams', 'calls,agents']
  const { stdout, stderr, code } = await runProgram(args, { files })
  assert.deepEqual([code, stderr], [0, ''])
  const catalog = parseConfiguredCatalog(JSON.parse(stdout))
  assert.deepEqual(
    catalog.streams.map(({ stream, ...how }) => [stream.name, ...Object.values(how)]),
    [
      ['calls', 'incremental', 'append_dedup', ['dateCreated'], [['id']]],
      ['agents', 'full_refresh', 'overwrite', [['id']]],
    ],
  )
  const ended = await read({ config: configFor(simulator), catalog: JSON.parse(stdout) })
  assert.deepEqual([recordsOf(ended, 'calls').length, recordsOf(ended, 'agents').length], [40, 7])
})

test('discover --configured without names has every stream', async () => {
  const config = { credentials: { auth_type: 'bearer', bearer_token: 'x' } }
  const args = ['discover', '--config', 'config.json', '--configured']
  const { stdout } = await runProgram(args, { files: { 'config.json': config } })
  assert.ok(parseConfiguredCatalog(JSON.parse(stdout)).streams.length > 70)
})

test('what cannot be written, since the disk is full, is said on stderr', async () => {
  const config = JSON.stringify({ credentials: { auth_type: 'bearer', bearer_token: 'x' } })
  const full = openSync('/dev/full', 'w')
  const program = spawn(process.execPath, [MAIN, 'discover', '--config', '-'], {
    stdio: ['pipe', full, 'pipe'],
  })
  program.stdin?.end(config)
  const [said, [code]] = await Promise.all([text(program.stderr ?? assert.fail()), once(program, 'exit')])
  closeSync(full)
  assert.match(said, /^The output could not be written: the disk is full \(ENOSPC\)\. .*\n$/)
  assert.equal(code, 1)
})

test('read takes names instead of a catalog, and as its state the lines that it has printed', async () => {
  await using simulator = await startSimulator({ calls: 900, agents: 7 })
  const files = { 'config.json': configFor(simulator, { lookback_hours: 1 }) }
  const args = ['read', '--config', 'config.json', '--streams', 'calls,agents']
  const first = await runProgram(args, { files })
  assert.deepEqual([recordsOf(first, 'calls').length, recordsOf(first, 'agents').length], [900, 7])
  const spaced = first.messages.map(message => JSON.stringify(message, undefined, 1).replaceAll('\n', ''))
  for (const lines of [first.stdout, `${first.stdout}\n{"type":"STATE","sta`, spaced.join('\n')]) {
    const again = await runProgram([...args, '--state', 'lines'], { files: { ...files, lines } })
    assert.equal(again.code, 0, again.stdout)
    assert.ok(recordsOf(again, 'calls').length < 50)
  }
})

const TEXT = JSON.stringify({ credentials: { auth_type: 'bearer', bearer_token: 'secret-7Qx' } })

const SOURCES = [
  { says: 'stdin', source: '-', stdin: TEXT, message: undefined },
  { says: 'an environment variable', source: 'env:CONFIG', env: { CONFIG: TEXT }, message: undefined },
  {
    says: 'stdin that is not JSON',
    source: '-',
    stdin: `${TEXT},`,
    message: /^The config on stdin is not JSON: the mistake is at line 1, column \d+\./,
  },
  { says: 'stdin that is empty', source: '-', stdin: '', message: /^The config on stdin is empty/ },
  {
    says: 'a variable that is not set',
    source: 'env:CONFIG',
    message: /^The environment variable CONFIG, which --config names, is not set/,
  },
  {
    says: 'a variable that is not JSON',
    source: 'env:CONFIG',
    env: { CONFIG: 'secret-7Qx' },
    message: /^The config in the environment variable CONFIG is not JSON/,
  },
]

for (const { says, source, stdin = '', env = {}, message } of SOURCES)
  test(`a config from ${says} is ${message === undefined ? 'read' : 'refused'}`, async () => {
    const args = [MAIN, 'discover', '--config', source]
    const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'], ...env } })
    child.stdin.end(stdin)
    const lines = (await text(child.stdout)).trim().split('\n')
    const messages = lines.map(line => JSON.parse(line))
    assert.equal(lines.join().includes('secret-7Qx'), false)
    if (message === undefined) assert.ok(messages.some(({ type }) => type === 'CATALOG'))
    else assert.match(errorsOf({ messages })[0].message, message)
  })

const COMMANDS = ['spec', 'check', 'discover', 'read', 'sync', 'sample', 'sign-in', 'survey', 'plan']

const ADVICE = [
  { args: ['read', '--confg', 'x'], says: /^There is no option --confg\. Did you mean --config\?$/m },
  { args: ['sync', '--steams=calls'], says: /^There is no option --steams\. Did you mean --streams\?$/m },
  { args: ['check', '--config', 'x', '--verbose'], says: /^There is no option --verbose\.$/m },
  {
    args: ['sync', '--config', 'x', '--streams', 'calls', '--streams', 'agents'],
    says: /^--streams is given twice; give it once\. A list has commas and no spaces: --streams calls,agents\.$/m,
  },
  {
    args: ['read', '--config', 'x', '--streams', 'calls,', 'agents'],
    says: /^--streams takes one value\. A list has commas and no spaces/m,
  },
  { args: ['check', '--config', 'x', '--config', 'y'], says: /^--config is given twice; give it once\.$/m },
  {
    args: ['read', '--config', 'x', '--catalog', 'y', '--catalog', 'z'],
    says: /^--catalog is given twice; give it once\.$/m,
  },
  { args: ['sync', '--config', 'x', '--into', '--gzip'], says: /^--into needs a value\.$/m },
  { args: ['sync', '--config', 'x', '--into='], says: /^--into needs a value\.$/m },
  { args: ['sync', '--config', 'x', '--gzip', 'no'], says: /^--gzip takes no value\.$/m },
  { args: ['sync', '--config', 'x', '--saveConfg', 'y'], says: /Did you mean --save-config\?$/m },
  {
    args: ['discover', '--config', 'x', '--streams', 'calls'],
    says: /^--streams goes with --configured; without it, discover lists every stream\.$/m,
  },
  {
    args: ['read', '--config', 'x', '--catalog', 'y', '--streams', 'calls'],
    says: /^--catalog and --streams both say what to read: give one of them\.$/m,
  },
  {
    args: ['sample', '--config', 'x', '--stream', 'calls', '--url', '/y'],
    says: /^--stream and --url both say what to sample: give one of them\.$/m,
  },
  {
    args: ['sample', '--config', 'x', '--stream', 'calls', '--primary-key', 'id'],
    says: /^--primary-key goes with --url; a stream of the config is sampled as the config has it\./m,
  },
  { args: ['snyc'], says: /^There is no such command\. Did you mean sync\?$/m },
  {
    args: ['read', '--config', 'x'],
    says: /^Name what to read: --streams with names, or --catalog with a file\.$/m,
  },
]

for (const { args, says } of ADVICE)
  test(`${args.join(' ')} is refused with advice`, async () => {
    const { code, stdout, stderr } = await runProgram(args)
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, says)
  })

test('a stream that does not exist is named with the one that it resembles', async () => {
  const files = { 'config.json': TEXT }
  const ended = await runProgram(['read', '--config', 'config.json', '--streams', 'agnets,calls'], { files })
  assert.deepEqual(
    [ended.code, errorsOf(ended)[0].message],
    [1, 'There is no stream agnets. Did you mean agents?'],
  )
})

test('help names each command with its options, each with a line on what it is', async () => {
  const { stdout } = await runProgram(['--help'])
  const commands = [...stdout.matchAll(/^ {2}source-babelforce ([a-z-]+) {2,}\S/gm)].map(([, name]) => name)
  assert.deepEqual(commands.sort(), [...COMMANDS, 'state'].sort())
  for (const command of [...COMMANDS, 'state merge']) {
    const help = await runProgram([...command.split(' '), '--help'])
    assert.equal(help.code, 0)
    assert.match(help.stdout, /^ {2}--help/m)
    assert.doesNotMatch(help.stdout, /^ {2}(--)?[a-z-]+ +\[|\S\[(string|array|number|boolean)\]/m)
  }
})

test('--about goes with any command', async () => {
  const { code, stdout } = await runProgram(['sync', '--about'])
  assert.equal(code, 0)
  assert.match(stdout, /^# source-babelforce/)
})

test('--about says what the connector is, as JSON and as Markdown', async () => {
  const about = JSON.parse((await runProgram(['--about', '--format', 'json'])).stdout)
  assert.deepEqual(Object.keys(about), [
    'name',
    'description',
    'version',
    'capabilities',
    'settings',
    'streams',
  ])
  assert.equal(
    about.settings.find((one: { name: string }) => one.name === 'credentials.password').secret,
    true,
  )
  assert.deepEqual(
    about.streams.filter((one: { description: string }) => one.description === ''),
    [],
  )
  const { stdout } = await runProgram(['--about'])
  assert.match(stdout, /^# source-babelforce \d/)
  assert.match(stdout, /^\| `calls` \| id \| dateCreated \| /m)
})
