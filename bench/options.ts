import yargs from 'yargs'

/** What a benchmark run is asked for. */
export interface BenchOptions {
  readonly records: readonly number[]
  readonly latency: readonly number[]
  readonly parents: readonly number[]
  readonly runs: number
  readonly profile: boolean
  readonly save: string | undefined
  /** Other programs, as name=command; {url}, {pages}, {config} and {catalog} are filled in. */
  readonly peer: readonly string[]
}

/** Reads the benchmark's command line. */
export async function parseOptions(argv: readonly string[]): Promise<BenchOptions> {
  const parsed = await yargs([...argv])
    .scriptName('npm run bench --')
    .usage('$0 [options]\n\nMeasures the connector against a bare Node program on the same pages, in turn.')
    .option('records', {
      type: 'number',
      array: true,
      default: [100_000],
      describe: 'How many call records to read',
    })
    .option('latency', {
      type: 'number',
      array: true,
      default: [0, 50],
      describe: 'Milliseconds before each answer',
    })
    .option('parents', {
      type: 'number',
      array: true,
      default: [2_000],
      describe: 'How many agents to read the logs of',
    })
    .option('runs', { type: 'number', default: 5, describe: 'Runs of each program; medians are shown' })
    .option('profile', {
      type: 'boolean',
      default: false,
      describe: 'Write a CPU profile of the connector instead',
    })
    .option('save', { type: 'string', describe: 'Write the results as JSON to this file' })
    .option('peer', {
      type: 'string',
      array: true,
      default: [] as string[],
      describe:
        'Another program: name=command, with {url}, {pages}, {config} and {catalog} where it needs them',
    })
    .strict()
    .wrap(110)
    .version(false)
    .parseAsync()
  return { ...parsed, save: parsed.save }
}
