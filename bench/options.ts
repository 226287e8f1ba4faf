import yargs from 'yargs'

/** What a benchmark run is asked for. */
export interface BenchOptions {
  readonly records: readonly number[]
  readonly latency: readonly number[]
  /** How many records a page of the API holds at most. */
  readonly caps: readonly number[]
  readonly parents: readonly number[]
  readonly runs: number
  readonly profile: boolean
  readonly save: string | undefined
  /** Other programs, as name=command; {url}, {pages}, {size}, {config}, {config_100}, {config_cap} and {catalog} are filled in. */
  readonly peer: readonly string[]
}

/** What is measured by default, and for a first look, which takes less than two minutes. */
const WHOLE = {
  records: [20_000, 100_000],
  latency: [0, 50, 150],
  caps: [100, 500],
  parents: [2_000],
  runs: 5,
}
const QUICK = { records: [20_000], latency: [0, 50], caps: [100, 500], parents: [200], runs: 1 }

/** Reads the benchmark's command line. */
export async function parseOptions(argv: readonly string[]): Promise<BenchOptions> {
  const parsed = await describe(argv).parseAsync()
  const { records, latency, caps, parents, runs } = parsed.quick ? QUICK : WHOLE
  return {
    records: parsed.records ?? records,
    latency: parsed.latency ?? latency,
    caps: parsed.cap ?? caps,
    parents: parsed.parents ?? parents,
    runs: parsed.runs ?? runs,
    profile: parsed.profile,
    peer: parsed.peer,
    save: parsed.save,
  }
}

function describe(argv: readonly string[]) {
  return yargs([...argv])
    .scriptName('npm run bench --')
    .usage('$0 [options]\n\nMeasures the connector against a bare Node program on the same pages, in turn.')
    .option('quick', { type: 'boolean', default: false, describe: 'Less of everything, in two minutes' })
    .option('records', {
      type: 'number',
      array: true,
      describe: 'How many call records to read',
    })
    .option('latency', {
      type: 'number',
      array: true,
      describe: 'Milliseconds before each answer',
    })
    .option('cap', { type: 'number', array: true, describe: 'Records on a page at most' })
    .option('parents', {
      type: 'number',
      array: true,
      describe: 'How many agents to read the logs of',
    })
    .option('runs', { type: 'number', describe: 'Runs of each program; medians are shown' })
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
        'Another program: name=command, with {url}, {pages}, {size}, {config}, {config_100}, {config_cap} and {catalog}',
    })
    .strict()
    .wrap(110)
    .version(false)
}
