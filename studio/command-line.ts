import yargs from 'yargs'

/** What the studio is started with. */
export interface Options {
  readonly config: string | undefined
  readonly into: string | undefined
  readonly isDemo: boolean
  readonly port: number
  /** Whether a browser is opened. */
  readonly opens: boolean
}

/** The options of a command line; undefined if it only asked for help. Throws an Error for one that is not valid. */
export async function parseOptions(argv: readonly string[]): Promise<Options | undefined> {
  const parsed = await yargs([...argv])
    .scriptName('source-babelforce studio')
    .usage(
      '$0 [options]\n\nOpens a page on this machine to connect, test endpoints, save a config, sync and look.',
    )
    .option('config', {
      type: 'string',
      describe: 'The config to begin with; secrets are written to this file only, and only by a button',
    })
    .option('into', { type: 'string', describe: 'The folder that Sync writes to' })
    .option('demo', { type: 'boolean', default: false, describe: 'Try it on a simulated Babelforce' })
    .option('port', { type: 'number', default: 0, describe: 'Port on this machine; 0: any' })
    .option('open', {
      type: 'boolean',
      default: true,
      describe: 'Open a browser (--no-open: only print the address)',
    })
    .strict()
    .version(false)
    .wrap(110)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message)
    })
    .parseAsync()
  if (parsed['help'] === true) return undefined
  const { config, into, demo, port, open } = parsed
  return { config, into, isDemo: demo, port, opens: open }
}
