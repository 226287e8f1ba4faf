import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startSimulator } from '../simulator/server.ts'
import { BODIES, CATALOGS, CONFIGS, STATES } from './harness/bad-input.ts'
import { runProgram } from './harness/program.ts'
import { catalogOf, configFor, read, statsOf } from './harness/sync.ts'

/** The lines that remain on a terminal: what is overwritten is gone. */
function linesOn(stderr: string): string[] {
  return stderr.split('\r\n').map(line => line.split('\r\u001b[K').at(-1) ?? '')
}

function assertShown(stderr: string, message: RegExp): void {
  const errors = linesOn(stderr).filter(line => line.startsWith('Error: '))
  assert.match(errors.map(line => line.slice('Error: '.length)).join('\n'), message)
}

describe('every failure shows in words on a terminal', { concurrency: 2 }, () => {
  for (const [says, config, message] of CONFIGS)
    for (const command of ['discover', 'check'])
      test(`${command} of a config that ${says}`, async () => {
        const args = [command, '--config', 'config.json']
        const { stderr } = await runProgram(args, { files: { 'config.json': config }, terminal: true })
        assertShown(stderr, message)
      })
  for (const [says, catalog, message] of CATALOGS)
    test(`a catalog that ${says}`, async () => {
      await using simulator = await startSimulator()
      const { stderr } = await read({ config: configFor(simulator), catalog, terminal: true })
      assertShown(stderr, message)
    })
  for (const [says, state, message] of STATES)
    test(`a state that ${says}`, async () => {
      await using simulator = await startSimulator({ calls: 10 })
      const catalog = catalogOf(['calls'], 'incremental')
      const { stderr } = await read({ config: configFor(simulator), catalog, state, terminal: true })
      assertShown(stderr, message)
    })
  for (const [says, faults, , message] of BODIES)
    test(`an answer that is ${says}`, async () => {
      await using simulator = await startSimulator({ faults })
      const catalog = catalogOf(['queues'])
      const env = { SOURCE_BABELFORCE_PATIENCE: '0.01' }
      const { stderr } = await read({ config: configFor(simulator), catalog, env, terminal: true })
      assertShown(stderr, message)
    })
})

test('a wait shows with its reason, and progress says how many streams are done and how fast it goes', async () => {
  await using simulator = await startSimulator({ faults: 'once-503@/api/v2/agents', agents: 5 })
  const config = configFor(simulator, { page_size: 100 })
  const env = { SOURCE_BABELFORCE_PATIENCE: '0.5' }
  const { stderr } = await read({ config, catalog: catalogOf(['agents', 'queues']), env, terminal: true })
  const lines = linesOn(stderr)
  assert.ok(
    lines.some(line => /^Waiting \d+ s before trying again: .*503/.test(line)),
    lines.join('\n'),
  )
  assert.match(lines.join('\n'), /\n2 of 2 done · [\d,]+ records\/s\n$/)
})

test('without a terminal, nothing is written to stderr', async () => {
  await using simulator = await startSimulator({ faults: 'status-403@/api/v2/agents' })
  const { stderr, code } = await read({ config: configFor(simulator), catalog: catalogOf(['agents']) })
  assert.deepEqual([stderr, code], ['', 1])
})

test('--debug logs a line for each request, and what was decided', async () => {
  await using simulator = await startSimulator({ calls: 300, agents: 30, faults: 'every-429:7' })
  const files = { 'config.json': configFor(simulator), 'catalog.json': catalogOf(['calls', 'agents']) }
  const args = ['read', '--config', 'config.json', '--catalog', 'catalog.json', '--debug']
  const { messages, code } = await runProgram(args, { files, env: { SOURCE_BABELFORCE_PATIENCE: '0.01' } })
  assert.equal(code, 0)
  const lines = messages.filter(({ log }) => log?.level === 'DEBUG').map(({ log }) => log.message)
  const requests = lines.filter(line =>
    /^(GET|POST) \/\S+: \d{3} in \d+ ms, [\d,]+ bytes( \((calls|agents)\))?$/.test(line),
  )
  assert.equal(requests.length, (await statsOf(simulator)).total)
  assert.ok(lines.includes('calls: /api/v2/calls/reporting/simple is served.'))
  assert.ok(lines.some(line => line.startsWith('agents: gave 30 records, with a count of 30')))
})
