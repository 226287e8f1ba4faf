import { createReadStream } from 'node:fs'
import { isObject, type Json } from '../json.ts'
import { readJsonFile } from './input.ts'

/** What a state may be on a line of its own. */
const STATES = ['STATE', 'STREAM', 'GLOBAL', 'LEGACY']
/** What else is among the lines that `read` has printed. */
const OTHERS = ['RECORD', 'LOG', 'TRACE', 'CONTROL']

/** The states in a file: one JSON document, or the lines that `read` has printed, of which only the states count. A last line that was
 *  cut off is passed over. Throws a config_error if it is neither. */
export async function readStateFile(path: string): Promise<Json> {
  return (await statesInLines(path).catch(() => undefined)) ?? readJsonFile(path, 'state')
}

/** The states among the lines of a file; undefined if its first line is not a message. */
async function statesInLines(path: string): Promise<readonly Json[] | undefined> {
  const states: Json[] = []
  let isFirst = true
  for await (const line of linesOf(path)) {
    // Most lines are records; they are passed over without a look inside.
    if (!isFirst && line.startsWith('{"type":"RECORD"')) continue
    const message = parsed(line)
    const type = isObject(message) ? String(message['type']) : ''
    if (isFirst && ![...STATES, ...OTHERS].includes(type)) return undefined
    if (message !== undefined && STATES.includes(type)) states.push(message)
    isFirst = false
  }
  return isFirst ? undefined : states
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Lines that end at a line feed and nowhere else. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter(line => line.trim() !== '')
  }
  if (rest.trim() !== '') yield rest
}
