import yargs from 'yargs'
import { readAccount } from './facts.ts'
import { faultTable } from './faults/index.ts'
import { defaults, type SimulatorOptions } from './options.ts'

const whole = { type: 'number', requiresArg: true } as const

/** Reads the command line. Prints help, or what is wrong with it, and then ends the process. */
export function parseOptions(argv: readonly string[]): SimulatorOptions {
  const { nowText, facts, ...given } = readArguments(argv)
  const rest = facts === undefined ? given : like(given, facts)
  return nowText === undefined ? rest : { ...rest, now: clockFrom(nowText) }
}

/** The options of the account that a survey describes, with the faults that are given besides. */
function like(given: SimulatorOptions, path: string): SimulatorOptions {
  const { world, faults } = readAccount(path)
  return { ...given, world, faults: [faults, given.faults ?? ''].filter(list => list !== '').join(',') }
}

function readArguments(argv: readonly string[]) {
  const parsed = describe(argv).parseSync()
  const { port, seed, world, calls, agents, lists, leads, days, age, together, live, faults } = parsed
  const sizes = { port, seed, world, calls, agents, lists, leads, days, age, together, live, faults }
  const { prerendered } = parsed
  return {
    ...sizes,
    prerendered,
    latencyMs: parsed.latencyMs,
    tokenSeconds: parsed.tokenSeconds,
    pageCap: parsed.pageCap,
    nowText: parsed.now,
    facts: parsed.facts,
  }
}

function describe(argv: readonly string[]) {
  return sized(yargs([...argv]))
    .scriptName('simulator')
    .usage(
      '$0 [options]\n\nImitates the Babelforce API on loopback. When it is ready, it prints its address and a config to read from it: {"url": ..., "config": ...}.',
    )
    .option('port', { ...whole, default: defaults.port, describe: 'Port; 0 picks a free one' })
    .option('world', {
      choices: ['documented', 'seed'] as const,
      default: defaults.world,
      describe: 'Which API to imitate',
    })
    .option('now', {
      type: 'string',
      requiresArg: true,
      describe: 'When the world’s clock starts, such as 2026-05-01',
    })
    .option('latency-ms', {
      ...whole,
      default: defaults.latencyMs,
      describe: 'Wait before each response, in ms',
    })
    .option('token-seconds', {
      ...whole,
      default: defaults.tokenSeconds,
      describe: 'How many seconds a token is valid',
    })
    .option('faults', {
      type: 'string',
      requiresArg: true,
      default: defaults.faults,
      describe: 'Faults, comma separated',
    })
    .option('facts', {
      type: 'string',
      requiresArg: true,
      describe: 'A survey of an account (JSON): be like that account',
    })
    .option('prerendered', {
      type: 'boolean',
      default: false,
      describe: 'Serve calls from one prepared buffer; time stands still',
    })
    .check(checkNumbers)
    .epilogue(faultHelp())
    .strict()
    .wrap(110)
    .version(false)
}

function sized(program: ReturnType<typeof yargs>) {
  return program
    .option('page-cap', {
      ...whole,
      default: defaults.pageCap,
      describe: 'Records on a page at most, whatever is asked for; 0: up to 500',
    })
    .option('seed', { ...whole, default: defaults.seed, describe: 'The same seed makes the same world' })
    .option('calls', {
      ...whole,
      default: defaults.calls,
      describe: 'Rows of the call report; legs follow from them',
    })
    .option('agents', { ...whole, default: defaults.agents, describe: 'Agents' })
    .option('lists', {
      ...whole,
      default: defaults.lists,
      describe: 'Outbound lists: an empty one, one with a single lead, large ones',
    })
    .option('leads', { ...whole, default: defaults.leads, describe: 'Leads in each large list' })
    .option('days', { ...whole, default: defaults.days, describe: 'How many days back calls reach' })
    .option('age', { ...whole, default: defaults.age, describe: 'How many days old the account is' })
    .option('together', {
      ...whole,
      default: defaults.together,
      describe: 'How many calls begin at each moment',
    })
    .option('live', { ...whole, default: defaults.live, describe: 'New calls per second' })
}

function checkNumbers(parsed: Readonly<Record<string, unknown>>): true {
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value !== 'number') continue
    const fits = Number.isFinite(value) && value >= 0 && (name === 'live' || Number.isInteger(value))
    if (!fits) throw new Error(`--${name} must be a whole number, 0 or more.`)
  }
  return true
}

function clockFrom(text: string): () => number {
  const start = Date.parse(text)
  if (Number.isNaN(start))
    throw new Error(`--now must be a time such as 2026-05-01T09:00:00Z; it is "${text}".`)
  const ahead = start - Date.now()
  return () => Date.now() + ahead
}

function faultHelp(): string {
  const width = Math.max(...faultTable.map(row => row.says.length)) + 2
  const lines = faultTable.map(row => `  ${row.says.padEnd(width)}${row.does}`)
  return ['Faults (add @/path to limit one to a path; N counts API requests):', ...lines].join('\n')
}
