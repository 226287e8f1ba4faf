import { readFile } from 'node:fs/promises'
import { systemError } from '../errors.ts'
import type { JsonObject } from '../json.ts'

/** Set by the bundler: the built program stands one folder nearer to the schemas than this file. */
declare const BUNDLED: boolean

const folder = new URL(typeof BUNDLED === 'undefined' ? '../../schemas/' : '../schemas/', import.meta.url)

/** The JSON schema of a built-in stream, from schemas/<stream>.json. */
export async function readSchema(stream: string): Promise<JsonObject> {
  const file = new URL(`${stream}.json`, folder)
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw systemError(`The schema of stream ${stream} is missing from this installation.`, {
      internal: String(error),
    })
  }
}
