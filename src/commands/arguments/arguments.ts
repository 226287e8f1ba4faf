import yargs, { type Argv } from 'yargs'
import { type AboutOptions, parseAbout } from '../about/options.ts'
import type { DiscoverOptions } from '../discover.ts'
import type { ReadOptions } from '../read/inputs.ts'
import { VERSION } from '../runtime/version.ts'
import { SAMPLE_OPTIONS, type SampleOptions, sampleOptions } from '../sample/arguments.ts'
import type { SignInOptions } from '../sign-in.ts'
import { SURVEY_OPTIONS, type SurveyOptions } from '../survey/arguments.ts'
import { SYNC_OPTIONS, type SyncOptions } from '../sync/options.ts'
import { type OptionKind, optionMistakes, withHyphens } from './option-mistakes.ts'
import { PLAN_OPTIONS, type RangeArguments, withRangeCommands } from './ranges.ts'

/** What the command line asks for. */
export type Arguments =
  | { readonly command: 'spec' }
  | { readonly command: 'check'; readonly config: string }
  | ({ readonly command: 'discover' } & DiscoverOptions)
  | ({ readonly command: 'read' } & ReadOptions)
  | ({ readonly command: 'about' } & AboutOptions)
  | { readonly command: 'sample'; readonly options: SampleOptions }
  | { readonly command: 'sync'; readonly options: SyncOptions }
  | { readonly command: 'sign-in'; readonly options: SignInOptions }
  | { readonly command: 'survey'; readonly options: SurveyOptions }
  | RangeArguments

const CONFIG_IS = 'The JSON file with the connector config; - for stdin, env:NAME for an environment variable'

const CONFIG_OPTION = {
  config: { type: 'string', demandOption: true, describe: CONFIG_IS },
} as const

const STREAMS_OPTION = { type: 'string', describe: 'Streams by name, with commas between them' } as const

const READ_OPTIONS = {
  catalog: { type: 'string', describe: 'The configured catalog: which streams to read, and how' },
  streams: {
    ...STREAMS_OPTION,
    describe: `${STREAMS_OPTION.describe}, instead of a catalog`,
  },
  state: {
    type: 'string',
    describe:
      'The state that an earlier read printed, or the lines that it printed; left out, reading starts from scratch',
  },
} as const

const DISCOVER_OPTIONS = {
  configured: { type: 'boolean', default: false, describe: 'Print a catalog that read takes' },
  streams: {
    ...STREAMS_OPTION,
    describe: `With --configured: ${STREAMS_OPTION.describe}`,
  },
} as const

const SIGN_IN_OPTIONS = {
  'client-id': { type: 'string', demandOption: true, describe: 'The client that Babelforce issued to you' },
  'client-secret': {
    type: 'string',
    default: '',
    describe: 'Its secret, if it has one: - for stdin or a prompt, env:NAME for an environment variable',
  },
  environment: { type: 'string', default: 'services', describe: 'As in the config' },
  'base-url': { type: 'string', describe: 'As in the config, instead of the environment' },
  port: {
    type: 'number',
    default: 0,
    describe: 'Port on this machine that the browser returns to; 0: any',
  },
} as const

const OPTIONS: Readonly<Record<string, Readonly<Record<string, OptionKind>>>> = {
  spec: {},
  check: CONFIG_OPTION,
  discover: { ...CONFIG_OPTION, ...DISCOVER_OPTIONS },
  read: { ...CONFIG_OPTION, ...READ_OPTIONS },
  sync: { ...CONFIG_OPTION, ...SYNC_OPTIONS },
  sample: { ...CONFIG_OPTION, ...SAMPLE_OPTIONS },
  plan: PLAN_OPTIONS,
  survey: { ...CONFIG_OPTION, ...SURVEY_OPTIONS },
  'sign-in': SIGN_IN_OPTIONS,
}

/** Parses the command line. Undefined if it only asked for help or the version; throws an Error with a message and the usage if
 *  it is not valid. */
export async function parseArguments(argv: readonly string[]): Promise<Arguments | undefined> {
  const about = parseAbout(argv)
  if (about !== undefined) return { command: 'about', ...about }
  let parsed: Arguments | undefined
  const mistakes = optionMistakes(argv, OPTIONS)
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  const line = withCommands(yargs(withHyphens(argv)), found => {
    parsed = found
  })
    .scriptName('source-babelforce')
    .usage(
      '$0 <command>\n\nReads Babelforce data: into files with sync, or as Airbyte protocol messages with read.',
    )
    .option('debug', {
      type: 'boolean',
      describe: 'Log each request and each decision (as LOG_LEVEL=debug does)',
    })
    .option('about', {
      type: 'boolean',
      describe: 'Print what this connector is and can do (--format json or markdown)',
    })
    .example('$0 check --config config.json', 'does this config work?')
    .example('$0 sync --config config.json --streams calls,agents --into data', 'calls and agents as files')
    .example(
      '$0 sample --config config.json --url /api/v2/agents --suggest',
      'where are the records in this response?',
    )
    .demandCommand(
      1,
      'Name a command: sync, sample, check, discover, read, spec, sign-in, survey, plan or state.',
    )
    .strictCommands()
    .strictOptions()
    .recommendCommands()
    .version(VERSION)
    .wrap(110)
    .exitProcess(false)
    .fail((message, error, { help }) => {
      throw (
        error ?? new Error(`${message.replace(/^Did you mean/, 'There is no such command. $&')}\n\n${help()}`)
      )
    })
  const options = await line.parseAsync()
  if (options['debug'] === true) process.env['LOG_LEVEL'] = 'debug'
  return parsed
}

function withCommands(line: Argv, found: (parsed: Arguments) => void): Argv {
  const main = withProtocolCommands(line, found)
    .command(
      'sync',
      'Read streams into files, from where the last sync ended; DuckDB reads them as they are',
      { ...CONFIG_OPTION, ...SYNC_OPTIONS },
      options => found({ command: 'sync', options }),
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
    .command(
      'survey',
      'Check on an account what this connector assumes of the API, in at most 120 requests',
      { ...CONFIG_OPTION, ...SURVEY_OPTIONS },
      options => found({ command: 'survey', options }),
    )
  return withRangeCommands(main, found)
}

/** The commands of the Airbyte protocol. */
function withProtocolCommands(line: Argv, found: (parsed: Arguments) => void): Argv {
  return line
    .command('spec', 'Print what the config looks like', {}, () => found({ command: 'spec' }))
    .command(
      'check',
      'Try the config: is it complete, and does Babelforce accept it?',
      CONFIG_OPTION,
      ({ config }) => found({ command: 'check', config }),
    )
    .command(
      'discover',
      'List the streams with their schemas',
      { ...CONFIG_OPTION, ...DISCOVER_OPTIONS },
      ({ config, configured, streams }) => {
        if (streams !== undefined && !configured)
          throw new Error('--streams goes with --configured; without it, discover lists every stream.')
        found({ command: 'discover', config, configured, streams })
      },
    )
    .command(
      'read',
      'Read streams, and print their records',
      { ...CONFIG_OPTION, ...READ_OPTIONS },
      ({ config, catalog, streams, state }) => {
        if (catalog === undefined && streams === undefined)
          throw new Error('Name what to read: --streams with names, or --catalog with a file.')
        if (catalog !== undefined && streams !== undefined)
          throw new Error('--catalog and --streams both say what to read: give one of them.')
        found({ command: 'read', config, catalog, streams, state })
      },
    )
}
