import { parseState } from '@airbyte-protocol/types/validate'
import { mergeStates } from '../engine/state/merge.ts'
import { configError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { readStateFile } from '../protocol/state-file.ts'
import { runInTerminal, type Terminal } from './runtime/terminal.ts'

/** A file with states of streams. */
interface StateFile {
  readonly path: string
  readonly states: ReadonlyMap<string, JsonObject>
}

/** Prints the state that stands for those in all files, which runs over different times have left. Resolves to the exit code. */
export function showMergedState(paths: readonly string[], terminal: Terminal): Promise<number> {
  return runInTerminal(terminal, undefined, async () => {
    const [first, ...others] = await Promise.all([...new Set(paths)].map(readStates))
    if (first === undefined || others.length === 0)
      throw configError('Name at least two different files with states to merge.')
    for (const other of others) refuseOtherStreams(first, other)
    const lines = [...first.states.keys()].map(stream => {
      const states = [first, ...others]
        .map(file => file.states.get(stream))
        .filter(state => state !== undefined)
      return JSON.stringify(messageOf(stream, mergeStates(stream, states)))
    })
    terminal.print(`[\n${lines.join(',\n')}\n]\n`)
    return 0
  })
}

async function readStates(path: string): Promise<StateFile> {
  const messages = understood(path, await readStateFile(path))
  const states = messages.map(({ stream }): [string, JsonObject] => {
    if (stream === undefined)
      throw configError(
        `${path} holds a state of another kind than STREAM, which this connector never wrote. Merge only states that it wrote.`,
      )
    return [stream.stream_descriptor.name, (stream.stream_state ?? {}) as JsonObject]
  })
  if (states.length === 0) throw configError(`${path} holds no state. Leave it out.`)
  return { path, states: new Map(states) }
}

function understood(path: string, value: unknown) {
  try {
    return parseState(value)
  } catch {
    throw configError(
      `${path} holds no list of STREAM states. Give the lines that a read printed, or the last states in them as a JSON list.`,
    )
  }
}

function refuseOtherStreams(one: StateFile, other: StateFile): void {
  for (const [from, to] of [[one, other] as const, [other, one] as const]) {
    const missing = [...from.states.keys()].filter(stream => !to.states.has(stream))
    if (missing.length > 0)
      throw configError(
        `${from.path} has states that ${to.path} lacks: ${missing.join(', ')}. Merge only states of runs that read the same ` +
          'streams.',
      )
  }
}

function messageOf(name: string, stream_state: JsonObject) {
  return { type: 'STREAM', stream: { stream_descriptor: { name }, stream_state } }
}
