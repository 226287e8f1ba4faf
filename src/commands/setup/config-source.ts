import { configError } from '../../errors.ts'
import type { Json } from '../../json.ts'
import { readJsonFile } from '../../protocol/input.ts'

/** Where a config comes from: the path of a file, or the config itself. */
export type ConfigSource = string | { readonly value: Json }

/** The config of this source, not yet checked. */
export async function readConfig(source: ConfigSource): Promise<Json> {
  if (typeof source !== 'string') return source.value
  if (source.includes('{'))
    throw configError(
      '--config takes the path of a file, but was given the config itself. Write the config to a file.',
    )
  return readJsonFile(source, 'config')
}
