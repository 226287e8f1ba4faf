import { text } from 'node:stream/consumers'
import { configError } from '../../errors.ts'
import type { Json } from '../../json.ts'
import { parseJsonText, readJsonFile } from '../../protocol/input.ts'

/** Where a config comes from: the path of a file, `-` for stdin, `env:NAME` for an environment variable; or the config itself. */
export type ConfigSource = string | { readonly value: Json }

/** The config of this source, not yet checked. Throws a config_error that never quotes it. */
export async function readConfig(source: ConfigSource): Promise<Json> {
  if (typeof source !== 'string') return source.value
  if (source.includes('{'))
    throw configError(
      '--config takes the path of a file, but was given the config itself. Write the config to a file, or give it on stdin (-) ' +
        'or in an environment variable (env:NAME).',
    )
  if (source === '-') return parseJsonText(await text(process.stdin), 'The config on stdin')
  if (source.startsWith('env:')) return configIn(source.slice('env:'.length))
  return readJsonFile(source, 'config')
}

function configIn(name: string): Json {
  const value = process.env[name]
  if (value !== undefined) return parseJsonText(value, `The config in the environment variable ${name}`)
  throw configError(
    `The environment variable ${name}, which --config names, is not set. Put the config into it.`,
  )
}
