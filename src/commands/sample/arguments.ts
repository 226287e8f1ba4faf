import type { CustomStreamConfig } from '../../custom/config.ts'
import { FIELD_OPTIONS, givenFields, triedStream } from './tried-stream.ts'

/** The options of `sample` apart from --config, as yargs takes them. */
export const SAMPLE_OPTIONS = {
  stream: { type: 'string', describe: 'The stream to sample, built-in or custom' },
  url: {
    type: 'string',
    describe: 'An endpoint to try that is not in the config yet: a path or a full address',
  },
  as: {
    type: 'string',
    describe: 'With --url: a name for it; prints what to add to the config or the form',
  },
  limit: { type: 'number', default: 10, describe: 'How many records to show' },
  format: { choices: ['table', 'json'], default: 'table', describe: 'How to show them' },
  suggest: { type: 'boolean', default: false, describe: 'List likely paths to the data' },
  ...FIELD_OPTIONS,
  'save-config': {
    type: 'string',
    describe: 'Where to write the config when its refresh token is replaced; required for a config with one',
  },
} as const

/** What `sample` is given. */
export interface SampleOptions {
  readonly config: string
  /** The stream to sample; or else `tried`, an endpoint that is not in the config yet. */
  readonly stream: string | undefined
  readonly tried: Omit<CustomStreamConfig, 'name'> | undefined
  /** What the tried endpoint is to be called, if it is to be added to the config. */
  readonly as: string | undefined
  readonly limit: number
  readonly format: 'table' | 'json'
  readonly suggest: boolean
  readonly saveConfig: string | undefined
}

/** The parsed options, under yargs' names; the fields of a custom stream are among them. */
interface Parsed extends Omit<SampleOptions, 'tried'> {
  readonly url: string | undefined
}

/** The options as the command takes them. Throws an Error if nothing to sample is named, or the limit is out of bounds. */
export function sampleOptions(parsed: Parsed): SampleOptions {
  const { config, stream, url, as, limit, format, suggest, saveConfig } = parsed
  if (stream === undefined && url === undefined)
    throw new Error('Name what to sample: --stream NAME, or --url with a path or an address.')
  if (as !== undefined && url === undefined)
    throw new Error('--as names an endpoint that is not in the config yet: give it with --url.')
  if (stream !== undefined && url !== undefined)
    throw new Error('--stream and --url both say what to sample: give one of them.')
  const [field] = url === undefined ? givenFields({ ...parsed }) : []
  if (field !== undefined)
    throw new Error(
      `--${field} goes with --url; a stream of the config is sampled as the config has it. Change it there.`,
    )
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new Error('--limit must be a whole number from 1 to 1000.')
  const tried = url === undefined ? undefined : triedStream(url, { ...parsed })
  return { config, stream, tried, as, limit, format, suggest, saveConfig }
}
