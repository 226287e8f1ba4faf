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
