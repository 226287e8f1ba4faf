import type { Argv } from 'yargs'
import type { PlanOptions } from '../plan.ts'

/** What the command line asks for of a first load that is split over several runs. */
export type RangeArguments =
  | { readonly command: 'plan'; readonly options: PlanOptions }
  | { readonly command: 'state merge'; readonly files: readonly string[] }

/** The options of `plan`, as yargs takes them. */
export const PLAN_OPTIONS = {
  months: { type: 'boolean', demandOption: true, describe: 'By months in UTC' },
  'start-date': { type: 'string', describe: 'As in the config; default: a year ago' },
  'end-date': { type: 'string', describe: 'As in the config; default: now' },
  config: {
    type: 'string',
    describe: 'A config whose dates and custom streams count; its credentials are not used',
  },
} as const

/** The command line with the commands that split a load into ranges of time, and put their states together. */
export function withRangeCommands(line: Argv, found: (parsed: RangeArguments) => void): Argv {
  return line
    .command(
      'plan',
      'Split a first load into months: print them, and which streams they are for',
      PLAN_OPTIONS,
      ({ config, startDate, endDate }) => found({ command: 'plan', options: { config, startDate, endDate } }),
    )
    .command('state', 'Work with saved states: state merge', state =>
      state
        .command(
          'merge <files..>',
          'Print one state that goes on where these do, each of a run over its own months',
          files =>
            files.positional('files', {
              type: 'string',
              array: true,
              demandOption: true,
              describe: 'State files, or what the runs have printed',
            }),
          ({ files }) => found({ command: 'state merge', files }),
        )
        .demandCommand(1, 'Name what to do with states: merge.'),
    )
}
