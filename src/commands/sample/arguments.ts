import type { CustomStreamConfig } from '../../custom/config.ts'
import { defined } from '../../optional.ts'

/** The options of `sample` apart from --config, as yargs takes them. */
export const SAMPLE_OPTIONS = {
  stream: { type: 'string', describe: 'The stream to sample, built-in or custom', conflicts: 'url' },
  url: {
    type: 'string',
    describe: 'An endpoint to try that is not in the config yet: a path or a full address',
  },
  limit: { type: 'number', default: 10, describe: 'How many records to show' },
  format: { choices: ['table', 'json'], default: 'table', describe: 'How to show them' },
  suggest: { type: 'boolean', default: false, describe: 'List likely paths to the data' },
  method: { choices: ['GET', 'POST'], default: 'GET', describe: 'With --url: as in a custom stream' },
  body: { type: 'string', describe: 'With --url: as in a custom stream' },
  'body-format': {
    choices: ['json', 'form'],
    default: 'json',
    describe: 'With --url: as in a custom stream',
  },
  headers: { type: 'string', describe: 'With --url: as in a custom stream' },
  'data-path': { type: 'string', describe: 'With --url: as in a custom stream' },
  'metadata-path': { type: 'string', describe: 'With --url: as in a custom stream' },
  'response-format': {
    choices: ['json', 'xml'],
    default: 'json',
    describe: 'With --url: as in a custom stream',
  },
  'date-format': { type: 'string', describe: 'With --url: as in a custom stream' },
  'time-unit': {
    choices: ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'],
    default: 'day',
    describe: 'With --url: as in a custom stream',
  },
  lookup: {
    type: 'string',
    array: true,
    describe: 'With --url: a lookup of the config whose columns it uses',
  },
  parent: { type: 'string', describe: 'With --url: as in a custom stream' },
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
  readonly limit: number
  readonly format: 'table' | 'json'
  readonly suggest: boolean
  readonly saveConfig: string | undefined
}

/** The parsed options, under yargs' names. */
interface Parsed {
  readonly config: string
  readonly stream: string | undefined
  readonly url: string | undefined
  readonly limit: number
  readonly format: 'table' | 'json'
  readonly suggest: boolean
  readonly method: 'GET' | 'POST'
  readonly body: string | undefined
  readonly bodyFormat: 'json' | 'form'
  readonly headers: string | undefined
  readonly dataPath: string | undefined
  readonly metadataPath: string | undefined
  readonly responseFormat: 'json' | 'xml'
  readonly dateFormat: string | undefined
  readonly timeUnit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'
  readonly lookup: readonly string[] | undefined
  readonly parent: string | undefined
  readonly saveConfig: string | undefined
}

/** The options as the command takes them. Throws an Error if nothing to sample is named, or the limit is out of bounds. */
export function sampleOptions(parsed: Parsed): SampleOptions {
  const { config, stream, limit, format, suggest, saveConfig } = parsed
  const tried = triedIn(parsed)
  if (stream === undefined && tried === undefined)
    throw new Error('Name what to sample: --stream NAME, or --url with a path or an address.')
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new Error('--limit must be a whole number from 1 to 1000.')
  return { config, stream, tried, limit, format, suggest, saveConfig }
}

function triedIn(parsed: Parsed): SampleOptions['tried'] {
  const { url, method, body, headers, parent, lookup } = parsed
  if (url === undefined) return undefined
  return defined({
    url,
    method,
    body,
    body_format: parsed.bodyFormat,
    headers,
    response_format: parsed.responseFormat,
    data_path: parsed.dataPath,
    metadata_path: parsed.metadataPath,
    date_format: parsed.dateFormat,
    time_unit: parsed.timeUnit,
    parent,
    lookups: lookup === undefined ? undefined : [...lookup],
  })
}
