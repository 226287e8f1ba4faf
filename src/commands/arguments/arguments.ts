import yargs, { type Argv } from 'yargs'
import { VERSION } from '../runtime/version.ts'
import { SAMPLE_OPTIONS, type SampleOptions, sampleOptions } from '../sample/arguments.ts'
import type { SignInOptions } from '../sign-in.ts'
import { type RangeArguments, withRangeCommands } from './ranges.ts'

/** What the command line asks for. */
export type Arguments =
  | { readonly command: 'spec' }
  | { readonly command: 'check' | 'discover'; readonly config: string }
  | {
      readonly command: 'read'
      readonly config: string
      readonly catalog: string
      readonly state: string | undefined
    }
  | { readonly command: 'sample'; readonly options: SampleOptions }
  | { readonly command: 'sign-in'; readonly options: SignInOptions }
  | RangeArguments

const CONFIG_OPTION = {
  config: { type: 'string', demandOption: true, describe: 'Path of the JSON file with the connector config' },
} as const

const CATALOG_OPTIONS = {
  catalog: {
    type: 'string',
    demandOption: true,
    describe: 'Path of the configured catalog: which streams to read, and how',
  },
  state: {
    type: 'string',
    describe: 'Path of the state that an earlier read printed; leave it out to start from scratch',
  },
} as const

const SIGN_IN_OPTIONS = {
  'client-id': { type: 'string', demandOption: true, describe: 'The client that Babelforce issued to you' },
  'client-secret': { type: 'string', default: '', describe: 'Its secret, if it has one' },
  environment: { type: 'string', default: 'services', describe: 'As in the config' },
  'base-url': { type: 'string', describe: 'As in the config, instead of the environment' },
  port: {
    type: 'number',
    default: 0,
    describe: 'Port on this machine that the browser returns to; 0: any',
  },
} as const

/** Parses the command line. Undefined if it only asked for help or the version; throws an Error with a message and the usage if
 *  it is not valid. */
export async function parseArguments(argv: readonly string[]): Promise<Arguments | undefined> {
  let parsed: Arguments | undefined
  const line = withCommands(yargs([...argv]), found => {
    parsed = found
  })
    .scriptName('source-babelforce')
    .usage(
      '$0 <command>\n\nReads Babelforce data as Airbyte protocol messages: one JSON object per line on stdout.',
    )
    .option('debug', { type: 'boolean', describe: 'Log more (as LOG_LEVEL=debug does)' })
    .example('$0 check --config config.json', 'does this config work?')
    .example(
      '$0 read --config config.json --catalog catalog.json --state state.json',
      'continue from a state',
    )
    .example(
      '$0 sample --config config.json --url /api/v2/agents --suggest',
      'where are the records in this response?',
    )
    .demandCommand(1, 'Name a command: spec, check, discover, read, sample, sign-in, plan or state.')
    .strictCommands()
    .recommendCommands()
    .version(VERSION)
    .wrap(110)
    .exitProcess(false)
    .fail((message, error, { help }) => {
      throw error ?? new Error(`${message}\n\n${help()}`)
    })
  const options = await line.parseAsync()
  if (options['debug'] === true) process.env['LOG_LEVEL'] = 'debug'
  return parsed
}

function withCommands(line: Argv, found: (parsed: Arguments) => void): Argv {
  const main = line
    .command('spec', 'Print what the config looks like', {}, () => found({ command: 'spec' }))
    .command(
      'check',
      'Try the config: is it complete, and does Babelforce accept it?',
      CONFIG_OPTION,
      ({ config }) => found({ command: 'check', config }),
    )
    .command('discover', 'List the streams with their schemas', CONFIG_OPTION, ({ config }) =>
      found({ command: 'discover', config }),
    )
    .command(
      'read',
      'Read the selected streams',
      { ...CONFIG_OPTION, ...CATALOG_OPTIONS },
      ({ config, catalog, state }) => found({ command: 'read', config, catalog, state }),
    )
    .command(
      'sample',
      'Show the first records of a stream, or of an endpoint that is not in the config yet',
      { ...CONFIG_OPTION, ...SAMPLE_OPTIONS },
      options => found({ command: 'sample', options: sampleOptions(options) }),
    )
    .command(
      'sign-in',
      'Sign in through a browser, and print a config with a refresh token',
      SIGN_IN_OPTIONS,
      options => found({ command: 'sign-in', options }),
    )
  return withRangeCommands(main, found)
}
