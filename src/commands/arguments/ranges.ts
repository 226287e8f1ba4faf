import type { Argv } from 'yargs'
import type { PlanOptions } from '../plan.ts'

/** What the command line asks for of a first load that is split over several runs. */
export type RangeArguments =
  | { readonly command: 'plan'; readonly options: PlanOptions }
  | { readonly command: 'state merge'; readonly files: readonly string[] }

/** The options of `plan`, as yargs takes them. */
export const PLAN_OPTIONS = {
  months: { type: 'boolean', demandOption: true, describe: 'Into months, cut in UTC' },
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
      'Print into which months a first load can be split, and for which streams',
      PLAN_OPTIONS,
      ({ config, startDate, endDate }) => found({ command: 'plan', options: { config, startDate, endDate } }),
    )
    .command('state', 'Work with states that syncs have left', state =>
      state
        .command(
          'merge <files..>',
          'Print one state for those of runs over different times',
          files => files.positional('files', { type: 'string', array: true, demandOption: true }),
          ({ files }) => found({ command: 'state merge', files }),
        )
        .demandCommand(1, 'Name what to do with states: merge.'),
    )
}
