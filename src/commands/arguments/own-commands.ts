import type { Argv } from 'yargs'
import { SAMPLE_OPTIONS, type SampleOptions, sampleOptions } from '../sample/arguments.ts'
import type { SignInOptions } from '../sign-in.ts'
import { SURVEY_OPTIONS, type SurveyOptions } from '../survey/arguments.ts'
import { SYNC_OPTIONS, type SyncOptions } from '../sync/options.ts'
import { CONFIG_OPTION } from './protocol-commands.ts'

/** What the command line asks for beyond the Airbyte protocol. */
export type OwnArguments =
  | { readonly command: 'sample'; readonly options: SampleOptions }
  | { readonly command: 'sync'; readonly options: SyncOptions }
  | { readonly command: 'sign-in'; readonly options: SignInOptions }
  | { readonly command: 'survey'; readonly options: SurveyOptions }

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

/** The options of each command, as yargs takes them. */
export const OWN_OPTIONS = {
  sync: { ...CONFIG_OPTION, ...SYNC_OPTIONS },
  sample: { ...CONFIG_OPTION, ...SAMPLE_OPTIONS },
  'sign-in': SIGN_IN_OPTIONS,
  survey: { ...CONFIG_OPTION, ...SURVEY_OPTIONS },
} as const

/** The command line with the connector's own commands. */
export function withOwnCommands(line: Argv, found: (parsed: OwnArguments) => void): Argv {
  return line
    .command(
      'sync',
      'Read streams into files, from where the last sync ended; DuckDB reads them as they are',
      OWN_OPTIONS.sync,
      options => found({ command: 'sync', options }),
    )
    .command(
      'sample',
      'Show the first records of a stream, or of an endpoint that is not in the config yet',
      OWN_OPTIONS.sample,
      options => found({ command: 'sample', options: sampleOptions(options) }),
    )
    .command(
      'sign-in',
      'Sign in through a browser, and print a config with a refresh token',
      OWN_OPTIONS['sign-in'],
      options => found({ command: 'sign-in', options }),
    )
    .command(
      'survey',
      'Check on an account what this connector assumes of the API, in at most 120 requests',
      OWN_OPTIONS.survey,
      options => found({ command: 'survey', options }),
    )
}
