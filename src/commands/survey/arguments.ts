/** The options of `survey` apart from --config, as yargs takes them. */
export const SURVEY_OPTIONS = {
  out: { type: 'string', describe: 'Where to write what was found, as JSON' },
  format: { choices: ['table', 'json'], default: 'table', describe: 'How to print it' },
  load: {
    type: 'boolean',
    default: false,
    describe: 'Also time requests side by side; streams that ask by id are left out then',
  },
  compare: {
    type: 'string',
    describe: 'An earlier survey of the account: have the counts of its hours changed since?',
  },
  'save-config': {
    type: 'string',
    describe: 'Where to write the config when its refresh token is replaced; required for a config with one',
  },
} as const

/** What `survey` is given. */
export interface SurveyOptions {
  readonly config: string
  readonly out: string | undefined
  readonly format: 'table' | 'json'
  readonly load: boolean
  readonly compare: string | undefined
  readonly saveConfig: string | undefined
}
