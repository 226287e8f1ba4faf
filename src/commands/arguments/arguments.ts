import yargs, { type Argv } from 'yargs'
import { type AboutOptions, parseAbout } from '../about/options.ts'
import { VERSION } from '../runtime/version.ts'
import { type OptionKind, optionMistakes, withHyphens } from './option-mistakes.ts'
import { OWN_OPTIONS, type OwnArguments, withOwnCommands } from './own-commands.ts'
import { PROTOCOL_OPTIONS, type ProtocolArguments, withProtocolCommands } from './protocol-commands.ts'
import { PLAN_OPTIONS, type RangeArguments, withRangeCommands } from './ranges.ts'

/** What the command line asks for. */
export type Arguments =
  | ({ readonly command: 'about' } & AboutOptions)
  | ProtocolArguments
  | OwnArguments
  | RangeArguments

const OPTIONS: Readonly<Record<string, Readonly<Record<string, OptionKind>>>> = {
  ...PROTOCOL_OPTIONS,
  ...OWN_OPTIONS,
  plan: PLAN_OPTIONS,
}

/** Parses the command line. Undefined if it only asked for help or the version; throws an Error with a message and the usage if
 *  it is not valid. */
export async function parseArguments(argv: readonly string[]): Promise<Arguments | undefined> {
  const about = parseAbout(argv)
  if (about !== undefined) return { command: 'about', ...about }
  const mistakes = optionMistakes(argv, OPTIONS)
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  let parsed: Arguments | undefined
  const line = withCommands(yargs(withHyphens(argv)), found => {
    parsed = found
  })
  const options = await strict(withHelp(line)).parseAsync()
  if (options['debug'] === true) process.env['LOG_LEVEL'] = 'debug'
  return parsed
}

function withCommands(line: Argv, found: (parsed: Arguments) => void): Argv {
  return withRangeCommands(withOwnCommands(withProtocolCommands(line, found), found), found)
}

/** The command line with what its help says of the program as a whole. */
function withHelp(line: Argv): Argv {
  return line
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
    .version(VERSION)
    .wrap(110)
}

/** The command line that takes nothing it does not know, and throws an Error with the help instead of ending the process. */
function strict(line: Argv): Argv {
  return line
    .demandCommand(
      1,
      'Name a command: sync, sample, check, discover, read, spec, sign-in, survey, plan or state.',
    )
    .strictCommands()
    .strictOptions()
    .recommendCommands()
    .exitProcess(false)
    .fail((message, error, { help }) => {
      throw (
        error ?? new Error(`${message.replace(/^Did you mean/, 'There is no such command. $&')}\n\n${help()}`)
      )
    })
}
