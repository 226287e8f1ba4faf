import type { Argv } from 'yargs'
import type { DiscoverOptions } from '../discover.ts'
import type { ReadOptions } from '../read/inputs.ts'

/** What the command line asks for of the Airbyte protocol. */
export type ProtocolArguments =
  | { readonly command: 'spec' }
  | { readonly command: 'check'; readonly config: string }
  | ({ readonly command: 'discover' } & DiscoverOptions)
  | ({ readonly command: 'read' } & ReadOptions)

const CONFIG_IS = 'The JSON file with the connector config; - for stdin, env:NAME for an environment variable'

/** The option of all commands that need a config. */
export const CONFIG_OPTION = {
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

/** The options of each command, as yargs takes them. */
export const PROTOCOL_OPTIONS = {
  spec: {},
  check: CONFIG_OPTION,
  discover: { ...CONFIG_OPTION, ...DISCOVER_OPTIONS },
  read: { ...CONFIG_OPTION, ...READ_OPTIONS },
} as const

/** The command line with the commands of the Airbyte protocol. */
export function withProtocolCommands(line: Argv, found: (parsed: ProtocolArguments) => void): Argv {
  const { spec, check, discover, read } = PROTOCOL_OPTIONS
  return line
    .command('spec', 'Print what the config looks like', spec, () => found({ command: 'spec' }))
    .command('check', 'Try the config: is it complete, and does Babelforce accept it?', check, ({ config }) =>
      found({ command: 'check', config }),
    )
    .command('discover', 'List the streams with their schemas', discover, options =>
      found({ command: 'discover', ...discoverOptions(options) }),
    )
    .command('read', 'Read streams, and print their records', read, options =>
      found({ command: 'read', ...readOptions(options) }),
    )
}

function discoverOptions({ config, configured, streams }: DiscoverOptions): DiscoverOptions {
  if (streams !== undefined && !configured)
    throw new Error('--streams goes with --configured; without it, discover lists every stream.')
  return { config, configured, streams }
}

function readOptions({ config, catalog, streams, state }: ReadOptions): ReadOptions {
  if (catalog === undefined && streams === undefined)
    throw new Error('Name what to read: --streams with names, or --catalog with a file.')
  if (catalog !== undefined && streams !== undefined)
    throw new Error('--catalog and --streams both say what to read: give one of them.')
  return { config, catalog, streams, state }
}
