import { readFile } from 'node:fs/promises'
import { configError } from '../errors.ts'
import { excerpt, type Json } from '../json.ts'
import { refuseDeep, TooDeep } from '../json-text.ts'

/** The JSON in a file, whatever its extension. `what` is the file's role in messages: config, catalog, state. A relative path
 *  starts at the working directory. Throws a config_error that never quotes the content, since a config contains secrets. */
export async function readJsonFile(path: string, what: string): Promise<Json> {
  return parseJsonText(await readText(path, what), `The ${what} file ${path}`, ADVICE[what])
}

/** Where files come from that nobody writes by hand. */
const ADVICE: Readonly<Record<string, string>> = {
  catalog: 'Let discover --configured write one.',
  state: 'Give what an earlier read has printed, or the state.json of a sync.',
}

/** The JSON in a text. `where` says in messages what the text is. Throws a config_error that never quotes it. */
export function parseJsonText(
  text: string,
  where: string,
  advice = 'Write it as JSON, e.g. {"key": "value"}.',
): Json {
  if (text.trim() === '') throw configError(`${where} is empty; it must contain JSON.`)
  try {
    return refuseDeep(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch (error) {
    if (error instanceof TooDeep) throw configError(`${where} cannot be used: ${error.message}. ${advice}`)
    throw configError(`${where} is not JSON${position(error)}. ${advice}`)
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
