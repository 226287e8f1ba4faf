import { readFile } from 'node:fs/promises'
import { configError } from '../errors.ts'
import { excerpt, type Json } from '../json.ts'

/** The JSON in a file, whatever its extension. `what` is the file's role in messages: config, catalog, state. A relative path
 *  starts at the working directory. Throws a config_error that never quotes the content, since a config contains secrets. */
export async function readJsonFile(path: string, what: string): Promise<Json> {
  const text = await readText(path, what)
  if (text.trim() === '') throw configError(`The ${what} file ${path} is empty; it must contain JSON.`)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw configError(
      `The ${what} file ${path} is not JSON${position(error)}. Write it as JSON, e.g. {"key": "value"}.`,
    )
  }
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as { code?: string }
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? excerpt(String(error))})`
    throw configError(`The ${what} file ${path} ${why}. Give the path of a file that this user may read.`)
  }
}

/** Where the parser failed, as line and column; its own message may quote the content and is left out. */
function position(error: unknown): string {
  const found = /line (\d+) column (\d+)/.exec(String(error))
  return found === null ? '' : `: the mistake is at line ${found[1]}, column ${found[2]}`
}
