import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { configError } from '../../src/errors.ts'
import { isObject, type JsonObject } from '../../src/json.ts'

/** The config in a file; empty where the file does not exist yet. Throws a config_error for one that holds no JSON object. */
export async function readConfigFile(path: string): Promise<JsonObject> {
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return '{}'
    throw configError(`The config file ${path} cannot be read (${error.code}).`)
  })
  const value = parsed(text)
  if (isObject(value)) return value
  throw configError(`The config file ${path} must hold a JSON object.`)
}

/** Replaces the file as a whole, readable by its owner only. */
export async function writeConfigFile(path: string, config: JsonObject): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(beside, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw configError(`The config file ${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
