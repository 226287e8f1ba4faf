import { readFile } from 'node:fs/promises'
import { configError } from '../../../errors.ts'
import type { JsonObject } from '../../../json.ts'
import { defined } from '../../../optional.ts'
import { writeWhole } from '../../runtime/write-whole.ts'
import type { ManifestFile } from './manifest.ts'

/** What the folder knows of a stream: its state, and how much of its unfinished file the state counts. `read --state` takes the
 *  same file, and ignores the part. */
interface SavedStream {
  readonly state: JsonObject
  /** Undefined while there is no unfinished file. Its path is where the file goes when it is finished. */
  readonly part?: ManifestFile | undefined
}

/** The states of a folder in memory, and on the disk after each `save`. */
export interface OpenStates {
  of(stream: string): SavedStream | undefined
  all(): ReadonlyMap<string, SavedStream>
  set(stream: string, saved: SavedStream | undefined): void
  save(): Promise<void>
}

interface Written {
  readonly type: 'STREAM'
  readonly stream: {
    readonly stream_descriptor: { readonly name: string }
    readonly stream_state: JsonObject
  }
  readonly part?: ManifestFile
}

/** The states in this file, or none if it does not exist. Throws a config_error if it is something else. */
export async function openStates(path: string): Promise<OpenStates> {
  const saved = new Map(
    (await readWritten(path)).map(({ stream, part }): [string, SavedStream] => [
      stream.stream_descriptor.name,
      { state: stream.stream_state, part },
    ]),
  )
  return {
    of: stream => saved.get(stream),
    all: () => saved,
    set(stream, next) {
      if (next === undefined) saved.delete(stream)
      else saved.set(stream, next)
    },
    save: () => writeWhole(path, `[\n${[...saved].map(lineOf).join(',\n')}\n]\n`),
  }
}

function lineOf([name, { state, part }]: [string, SavedStream]): string {
  return JSON.stringify(
    defined({ type: 'STREAM', stream: { stream_descriptor: { name }, stream_state: state }, part }),
  )
}

async function readWritten(path: string): Promise<readonly Written[]> {
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  try {
    const written = JSON.parse(text)
    if (Array.isArray(written) && written.every(one => one?.stream?.stream_descriptor)) return written
  } catch {
    // It is refused below.
  }
  throw configError(
    `${path} was not written by a sync. Remove it to read everything again, or choose another folder with --into.`,
  )
}
