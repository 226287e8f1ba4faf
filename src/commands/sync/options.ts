import { configError } from '../../errors.ts'

/** The options of `sync` apart from --config, as yargs takes them. */
export const SYNC_OPTIONS = {
  streams: {
    type: 'string',
    describe:
      'The streams to read, with commas between them; left out: those to start with, and the config’s own',
  },
  into: { type: 'string', default: 'data', describe: 'The folder to write to' },
  gzip: { type: 'boolean', default: false, describe: 'Compress the files' },
  'save-config': {
    type: 'string',
    describe: 'Where to write the config when its refresh token is replaced; required for a config with one',
  },
} as const

/** What `sync` is given. */
export interface SyncOptions {
  readonly config: string
  readonly streams: string | undefined
  readonly into: string
  readonly gzip: boolean
  readonly saveConfig: string | undefined
}

/** The names in a list with commas. Throws a config_error if there are none. */
export function namesIn(list: string): readonly string[] {
  const names = list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
  if (names.length === 0)
    throw configError('--streams takes names with commas between them, e.g. calls,agents.')
  return names
}
